"""The rows behind a number add up to it, and so do the pages, the sums by kind and the records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.models import Movement
from ksbb.needs.models import Target
from ksbb.programmes.models import Programme
from ksbb.reports.actions.close_days import close_days
from ksbb.reports.behind import Selection, pages, rows, total
from ksbb.reports.breakdown import breakdown
from ksbb.reports.enums import Measure
from ksbb.reports.fulfilment import fulfilment
from ksbb.reports.places import places
from ksbb.reports.records import given_by, given_by_all
from ksbb.reports.series import series
from tests.factories.programmes import make_aid_type, make_kind, make_phase
from tests.factories.reports import EVENING, Event, World

pytestmark = pytest.mark.django_db

STORY = [
    Event("give", 10, 0, 20),
    Event("give", 30, 3, 12),
    Event("draft", 5, 6, 4),
    Event("deliver", 600, 0, 2),
    Event("give", 700, 9, 9),
    Event("cancel", 60, 1, 1),
    Event("adjust", 60, 4, 30),
    Event("deliver", 900, 3, 1),
    Event("correct", 45, 0, 3),
    Event("fill", 300, 7, 5),
    Event("give", 200, 10, 7),
]
MIDDLE = EVENING + timedelta(hours=20)


@pytest.fixture(scope="module", params=["ledgers", "closings", "closings and ledgers"])
def world(
    request: pytest.FixtureRequest,
    django_db_setup: None,  # noqa: ARG001 - asked for, so that the tables are there
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[World]:
    """Yield a told story whose sums are read from the ledgers, from closings, or from both.

    It is told once for all tests, each of which looks at it inside a transaction of its own.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield _told(request.param)
        transaction.set_rollback(True)


def _told(read_from: str) -> World:
    told = World()
    half = len(STORY) // 2
    told.tell(STORY[:half])
    if read_from == "closings and ledgers":
        close_days(now=told.now)
    told.tell(STORY[half:])
    if read_from == "closings":
        close_days(now=told.now + timedelta(days=2))
    return told


def select(world: World, measure: Measure, **fields: object) -> Selection:
    defaults: dict[str, object] = {
        "programme": world.programme,
        "measure": measure,
        "aid_type": make_aid_type(),
        "until": world.now,
        "area": "31",
    }
    return Selection(**defaults | fields)  # type: ignore[arg-type]


def added(selection: Selection) -> int:
    return sum(line.delta for line in chain.from_iterable(pages(selection)))


@pytest.mark.parametrize("measure", Measure)
def test_the_rows_of_every_number_add_up_to_it(world: World, measure: Measure) -> None:
    kind, phase = make_kind("panti-asuhan"), make_phase(2)
    narrowed: list[dict[str, object]] = [
        {},
        {"until": MIDDLE},
        {"after": MIDDLE},
        {"area": "31.74"},
        {"area": "31.74.05.1002", "phase": phase},
        {"kind": kind},
        {"place": Target.objects.order_by("pk")[0], "phase": phase},
    ]

    selections = [select(world, measure, **fields) for fields in narrowed]

    assert [added(one) for one in selections] == [total(one) for one in selections]


def test_the_sums_are_those_of_the_tables(world: World) -> None:
    sembako, phase = make_aid_type(), make_phase(2)
    table = fulfilment(world.programme, world.now, phase=phase, aid_type=sembako)
    village = places(world.programme, world.now, area="31.74.05.1002", aid_type=sembako)

    assert [
        total(select(world, Measure.COMMITTED, area=row.code, phase=phase)) for row in table.rows
    ] == [row.sums.committed for row in table.rows]
    assert [
        total(select(world, Measure.OPEN, place=Target.objects.get(code=row.code)))
        for row in village.rows
    ] == [row.sums.open for row in village.rows]


def test_pages_follow_each_other_without_a_gap(world: World) -> None:
    selection = select(world, Measure.OPEN)
    whole = rows(selection, limit=1_000)
    paged = rows(selection, limit=2)
    while found := rows(selection, behind=paged[-1].mark, limit=2):
        paged += found

    assert [line.mark for line in paged] == [line.mark for line in whole]
    assert len(whole) > 10


def test_the_rows_of_a_giver_add_up_to_its_record(world: World) -> None:
    giver = world.givers[0]
    sums = given_by(world.programme, world.now, giver)
    sembako = make_aid_type()
    own = [sums[key] for key in sums if key[1] == sembako.pk]

    assert added(select(world, Measure.COMMITTED, giver=giver)) == sum(one.committed for one in own)
    assert total(select(world, Measure.RECEIVED, giver=giver)) == sum(one.received for one in own)


def test_records_are_sums_of_the_giver_s_movements(world: World) -> None:
    given = given_by_all(world.programme, world.now, make_aid_type())

    assert given == plain_records(world.programme, "sembako")


def plain_records(programme: Programme, slug: str) -> dict[int, tuple[int, int, int]]:
    found: dict[int, list[int]] = {}
    movements = Movement.objects.filter(line__need__aid_type__slug=slug)
    for movement in movements.select_related("line__commitment"):
        own = found.setdefault(movement.line.commitment.collaborator_id, [0, 0, 0])
        own[["COMMITTED", "DELIVERED", "RECEIVED"].index(movement.stage)] += movement.delta
    assert programme.pk
    return {key: (sums[0], sums[1], sums[2]) for key, sums in found.items()}


def test_every_day_of_a_series_stands_where_the_table_of_its_end_stands(world: World) -> None:
    sembako, kind = make_aid_type(), make_kind()
    points = series(world.programme, world.now, aid_type=sembako, kind=kind, area="31.74")

    assert points[-1].as_of == world.now
    assert [(one.quantity, one.committed, one.delivered, one.received) for one in points] == [
        standing(world, one.as_of) for one in points
    ]


def standing(world: World, as_of: datetime) -> tuple[int, int, int, int]:
    sums = fulfilment(
        world.programme, as_of, area="31.74", aid_type=make_aid_type(), kind=make_kind()
    ).total
    return sums.quantity, sums.committed, sums.delivered, sums.received


def test_a_series_of_one_phase_leaves_the_others_out(world: World) -> None:
    third = make_phase(3)
    points = series(world.programme, world.now, aid_type=make_aid_type(), phase=third)
    table = fulfilment(world.programme, world.now, aid_type=make_aid_type(), phase=third)

    assert (points[-1].quantity, points[-1].committed) == (
        table.total.quantity,
        table.total.committed,
    )


def test_kinds_of_places_add_up_to_the_whole(world: World) -> None:
    sembako, phase = make_aid_type(), make_phase(2)
    kinds = [make_kind(), make_kind("panti-asuhan")]
    table = breakdown(world.programme, world.now).by_kind(kinds, phase=phase, aid_type=sembako)
    whole = fulfilment(world.programme, world.now, phase=phase, aid_type=sembako).total

    assert table.total == whole
    assert sum(row.sums.committed for row in table.rows) == whole.committed
    assert [row.sums.quantity for row in table.rows] == [plain_need(kind.pk) for kind in kinds]


def plain_need(kind: int) -> int:
    needs = [
        need
        for target in Target.objects.filter(kind=kind)
        for need in target.needs.filter(phase__number=2, aid_type__slug="sembako")
    ]
    return sum(need.quantity for need in needs)


def test_a_record_nobody_gave_anything_for_is_nothing(world: World) -> None:
    idle = Collaborator.objects.create(slug="x", name="X", kind="COMPANY", created_at=EVENING)

    assert given_by(world.programme, world.now, idle) == {}
