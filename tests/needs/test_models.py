"""What the database itself holds about places and needs."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from ksbb.needs.models import Need, NeedAdjustment
from tests.factories.commitments import make_commitment
from tests.factories.deliveries import answer, bring, make_planned
from tests.factories.needs import COUNTED, make_need, make_target
from tests.recount import faults

pytestmark = pytest.mark.django_db


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def adjust_in_sql(need: Need, *deltas: int) -> None:
    entry = NeedAdjustment.objects.filter(need=need)[0].entry_id
    rows = ", ".join(
        f"({need.pk}, {delta}, '2020-05-01 12:00:00+07:00', 'SQL', {entry})" for delta in deltas
    )
    execute(
        f"INSERT INTO needs_needadjustment (need_id, delta, at, reason, entry_id) VALUES {rows}"
    )
    need.refresh_from_db()


def test_a_need_begins_empty_and_is_what_was_adjusted() -> None:
    need = make_need(100)

    assert (need.quantity, need.committed, need.delivered, need.received) == (100, 0, 0, 0)
    assert need.open == 100
    assert faults() == []


def test_adjustments_written_in_sql_change_the_quantity() -> None:
    need = make_need(100)

    adjust_in_sql(need, 20, -5)

    assert (need.quantity, need.open) == (115, 115)
    assert faults() == []


@pytest.mark.parametrize("delta", [-61, -101])
def test_a_need_cannot_fall_below_what_is_committed(delta: int) -> None:
    need = make_need(100)
    make_commitment({need: 40})

    with pytest.raises(IntegrityError):
        adjust_in_sql(need, delta)

    need.refresh_from_db()
    assert (need.quantity, need.committed) == (100, 40)


def test_an_adjustment_changes_something() -> None:
    need = make_need(100)

    with pytest.raises(IntegrityError, match="not_nothing"):
        adjust_in_sql(need, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE needs_needadjustment SET delta = 1",
        "UPDATE needs_needadjustment SET reason = 'lain'",
        "DELETE FROM needs_needadjustment",
    ],
)
def test_an_adjustment_is_never_changed_or_deleted(statement: str) -> None:
    make_need(100)
    before = list(NeedAdjustment.objects.values())

    with pytest.raises(IntegrityError, match="append-only"):
        execute(statement)

    assert list(NeedAdjustment.objects.values()) == before


@pytest.mark.parametrize(
    "setting",
    [
        "quantity = 39",
        "quantity = -1",
        "committed = 101",
        "committed = 29",
        "delivered = 41",
        "delivered = 24",
        "received = 31",
        "received = -1",
        "quantity = -1, committed = -1, delivered = -1, received = -1",
    ],
)
def test_the_counters_of_a_need_cannot_be_out_of_order(setting: str) -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    answer(bring(commitment, {need: 30}), less=5)

    with pytest.raises(IntegrityError):
        execute(f"UPDATE needs_need SET {setting}")

    need.refresh_from_db()
    assert (need.quantity, need.committed, need.delivered, need.received) == (100, 40, 30, 25)


def test_what_is_open_is_reckoned_by_the_database() -> None:
    need = make_need(100)
    make_commitment({need: 40})

    execute("UPDATE needs_need SET quantity = 90")

    assert list(Need.objects.values_list("quantity", "committed", "open")) == [(90, 40, 50)]


def test_a_place_needs_one_thing_in_one_phase_once() -> None:
    need = make_need()

    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.create(target=need.target, phase=need.phase, aid_type=need.aid_type)


@pytest.mark.parametrize(
    "point",
    [
        {"lat": -91, "lon": 106.8},
        {"lat": -6.2, "lon": 181},
        {"lat": -6.2, "lon": None},
        {"lat": None, "lon": 106.8},
    ],
)
def test_a_place_lies_on_earth_or_its_point_is_unknown(point: dict[str, Any]) -> None:
    target = make_target()

    with pytest.raises(IntegrityError, match="target_point_on_earth"), transaction.atomic():
        type(target).objects.update(**point)


def test_two_places_never_have_one_code() -> None:
    target = make_target()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_target(code=target.code)


def test_the_needs_of_tests_are_older_than_what_happens_in_them() -> None:
    make_need()

    assert list(NeedAdjustment.objects.values_list("at", flat=True)) == [COUNTED]
