from __future__ import annotations

from datetime import date, timedelta

import pytest

from ksbb.needs.actions.adjust import adjust
from ksbb.programmes.models import Programme
from ksbb.regions.enums import Level
from ksbb.reports.actions.close_days import close_days
from ksbb.reports.fulfilment import Sums, Table, UnknownAreaError, by_phase, fulfilment
from ksbb.reports.places import places
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.deliveries import bring, plan_it
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase, make_programme
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=3)


@pytest.fixture
def programme() -> Programme:
    """Return a programme with two RW in Kebayoran Lama, one in Gambir and an orphanage.

    The first RW has all of its sembako, half of it handed over; the second has meals only.
    """
    meals = make_aid_type("makanan-siap-saji")
    full, fed = make_target(village="31.74.05.1002"), make_target(village="31.74.05.1002")
    given = {
        make_need(100, target=full): 100,
        make_need(100, target=fed, aid_type=meals): 60,
        make_need(100, target=make_target("panti-asuhan", village="31.71.01.1001")): 100,
    }
    make_need(100, target=fed)
    make_need(100, target=make_target(village="31.71.01.1001"))
    make_need(100, target=full, phase=make_phase(3))
    commitment = plan_it(make_commitment(given))
    bring(commitment, {next(iter(given)): 50}, now=NOON)
    return make_programme()


def told(table: Table) -> dict[str, Sums]:
    return {row.code: row.sums for row in table.rows}


def sums(quantity: int, committed: int, delivered: int, aided: int, fulfilled: int) -> Sums:
    return Sums(
        quantity=quantity,
        committed=committed,
        delivered=delivered,
        received=0,
        rw_aided=aided,
        rw_fulfilled=fulfilled,
    )


@pytest.fixture(params=[NOON, LATER], ids=["from the ledgers", "from closings"])
def read_from(request: pytest.FixtureRequest, programme: Programme) -> Programme:
    """Return the programme before its last day was over, and once more with all days closed."""
    close_days(now=request.param)
    return programme


def test_each_kota_has_its_sums_and_the_table_their_total(read_from: Programme) -> None:
    table = fulfilment(read_from, LATER, phase=make_phase(2), aid_type=make_aid_type())

    assert told(table) == {
        "31.71": sums(200, 100, 0, aided=0, fulfilled=0),
        "31.74": sums(200, 100, 50, aided=2, fulfilled=1),
    }
    assert table.total == sums(400, 200, 50, aided=2, fulfilled=1)
    assert (table.total.open, table.total.coverage) == (200, 0.5)


def test_without_a_phase_rw_are_counted_once(read_from: Programme) -> None:
    table = fulfilment(read_from, LATER, area="31.74", aid_type=make_aid_type())

    assert [row.code for row in table.rows] == ["31.74.05"]
    assert (table.total.quantity, table.total.rw_aided) == (300, 2)
    assert table.total.rw_fulfilled is None


def test_every_level_adds_up_to_the_same(read_from: Programme) -> None:
    tables = [
        fulfilment(read_from, LATER, level=level, phase=make_phase(2), aid_type=make_aid_type())
        for level in (Level.PROVINCE, Level.REGENCY, Level.DISTRICT, Level.VILLAGE)
    ]

    assert [len(table.rows) for table in tables] == [1, 2, 2, 2]
    assert {table.total for table in tables} == {sums(400, 200, 50, aided=2, fulfilled=1)}


@pytest.mark.parametrize("area", ["", "31.74"])
def test_each_phase_shows_its_aid_types(read_from: Programme, area: str) -> None:
    second, third = by_phase(read_from, LATER, area=area)

    of_kota = {"": (400, 200, 200), "31.74": (200, 100, 100)}[area]
    shown = [
        (row.code, row.sums.quantity, row.sums.committed, row.sums.open) for row in second.rows
    ]
    assert shown == [("makanan-siap-saji", 100, 60, 40), ("sembako", *of_kota)]
    assert (second.rw_aided, second.rw_fulfilled) == (2, 1)
    assert [(row.code, row.sums.committed) for row in third.rows] == [("sembako", 0)]


def test_a_kelurahan_is_told_place_by_place(programme: Programme) -> None:
    table = places(
        programme, LATER, area="31.74.05.1002", phase=make_phase(2), aid_type=make_aid_type()
    )

    assert list(told(table).values()) == [
        sums(100, 100, 50, aided=1, fulfilled=1),
        sums(100, 0, 0, aided=1, fulfilled=0),
    ]
    assert table.total == sums(200, 100, 50, aided=2, fulfilled=1)


def test_places_of_the_past_are_told_as_they_were(programme: Programme) -> None:
    before = NOON - timedelta(microseconds=1)

    table = places(
        programme, before, area="31.74.05.1002", phase=make_phase(2), aid_type=make_aid_type()
    )

    assert table.total == sums(200, 0, 0, aided=0, fulfilled=0)


def test_a_need_that_grows_opens_a_place_again_from_then_on(programme: Programme) -> None:
    need = make_need(10)
    make_commitment({need: 10})
    adjust(need_id=need.pk, quantity=12, reason="KK bertambah", actor=DESK, now=LATER)
    moments = [LATER - timedelta(microseconds=1), LATER]

    fulfilled = [by_phase(programme, moment)[0].rw_fulfilled for moment in moments]

    assert fulfilled == [2, 1]


def test_a_need_that_falls_to_nothing_fulfils_nobody(programme: Programme) -> None:
    target = make_target()
    asked = make_need(10, target=target)
    make_commitment({make_need(5, target=target, aid_type=make_aid_type("makanan-siap-saji")): 5})
    adjust(need_id=asked.pk, quantity=0, reason="tidak perlu lagi", actor=DESK, now=LATER)

    second = by_phase(programme, LATER)[0]

    assert (second.rw_aided, second.rw_fulfilled) == (3, 1)


def test_an_area_that_is_gone_keeps_what_was_counted(programme: Programme) -> None:
    gone = make_region("31.74.05")
    gone.valid_to = date(2020, 5, 2)
    gone.save()
    empty = make_region("31.74.09")
    empty.valid_to = date(2020, 5, 2)
    empty.save()

    table = fulfilment(
        programme, LATER, area="31.74", phase=make_phase(2), aid_type=make_aid_type()
    )

    assert [row.code for row in table.rows] == ["31.74.05"]


@pytest.mark.parametrize("area", ["32", "31.79", "bukan kode", "31.74.05.1002.001"])
def test_an_area_outside_the_programme_is_named(programme: Programme, area: str) -> None:
    with pytest.raises(UnknownAreaError) as refusal:
        fulfilment(programme, LATER, area=area, aid_type=make_aid_type())

    assert area in str(refusal.value)


def test_an_area_is_not_divided_upwards(programme: Programme) -> None:
    with pytest.raises(UnknownAreaError):
        fulfilment(programme, LATER, area="31.74", level=Level.PROVINCE, aid_type=make_aid_type())
