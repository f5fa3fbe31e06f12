from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.models import Commitment, Movement
from ksbb.demo.keys import Keys
from ksbb.demo.load import write_plan
from ksbb.demo.programme import ProgrammeRows, write_programme
from ksbb.demo.rows import write_places
from ksbb.needs.models import Target
from tests.demo.both_ways import Player, picture
from tests.demo.recount import plan
from tests.factories.regions import make_region

if TYPE_CHECKING:
    from ksbb.demo.plan import Plan
    from ksbb.demo.promises import Promise

pytestmark = pytest.mark.django_db

OF_EACH_LIFE = 4


def lives(made: Plan) -> dict[str, tuple[str, ...]]:
    """Return what happens to each commitment, one word after the other."""
    found: dict[str, tuple[str, ...]] = {}
    for event in made.events:
        found[event.code] = (*found.get(event.code, ()), event.verb.value)
    return found


def sample(made: Plan) -> list[Promise]:
    """Return some commitments of each kind of life."""
    chosen: dict[tuple[str, ...], list[Promise]] = {}
    found = lives(made)
    for promise in made.promises:
        chosen.setdefault(tuple(dict.fromkeys(found[promise.code])), []).append(promise)
    return [promise for group in chosen.values() for promise in group[:OF_EACH_LIFE]]


def excerpt(made: Plan) -> Plan:
    """Return the plan of the sampled commitments alone."""
    promises = sample(made)
    codes = {promise.code for promise in promises}
    used = {line.cell.place for promise in promises for line in promise.lines}
    return replace(
        made,
        places=[place for place in made.places if place.code in used],
        promises=promises,
        events=[event for event in made.events if event.code in codes],
    )


@pytest.fixture
def made() -> Plan:
    """Return the excerpt; its kelurahan are in the database."""
    found = excerpt(plan(1441))
    for place in found.places:
        make_region(place.village)
    return found


@pytest.fixture
def rows(made: Plan) -> ProgrammeRows:  # noqa: ARG001 - the province must be there
    return write_programme()


def movements_and_back(made: Plan, rows: ProgrammeRows) -> list[tuple[object, ...]]:
    """Return the movements with their keys, and leave the book empty again."""
    with transaction.atomic():
        write_plan(made, rows, scale=1)
        movements: list[tuple[object, ...]] = list(Movement.objects.order_by("pk").values_list())
        transaction.set_rollback(True)
    return movements


def test_the_desk_writes_the_rows_that_the_actions_write(made: Plan, rows: ProgrammeRows) -> None:
    with transaction.atomic():
        write_plan(made, rows, scale=1)
        givers = list(Collaborator.objects.all())
        pictured = picture()
        transaction.set_rollback(True)
    places = write_places(made.places, rows, Keys())
    Collaborator.objects.bulk_create(givers)
    Collaborator.objects.update(verification="VERIFIED")
    Player(rows.programme, places, made.promises).play(made.events)

    assert picture() == pictured != {}


def test_the_same_events_make_the_same_rows_with_the_same_keys(
    made: Plan, rows: ProgrammeRows
) -> None:
    first, second = movements_and_back(made, rows), movements_and_back(made, rows)

    assert first == second != []


def test_a_copy_stands_beside_the_scenario_with_rows_of_its_own(
    made: Plan, rows: ProgrammeRows
) -> None:
    write_plan(made, rows, scale=2)

    assert Commitment.objects.count() == 2 * len(made.promises)
    assert Target.objects.count() == 2 * len(made.places)
    assert Collaborator.objects.count() == len({promise.giver for promise in made.promises})
