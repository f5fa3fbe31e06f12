from __future__ import annotations

import pytest
from django.db import transaction

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.models import Movement
from ksbb.demo.cast import BBN
from ksbb.demo.desk import Desk
from ksbb.demo.events import Event
from ksbb.demo.keys import Keys
from ksbb.demo.ledger import Ledger
from ksbb.demo.plan import Plan
from ksbb.demo.programme import ProgrammeRows, write_programme
from ksbb.demo.promises import Promise
from ksbb.demo.roster import Roster
from ksbb.demo.rows import PlaceKeys, write_places
from tests.demo.both_ways import Player, picture
from tests.demo.recount import plan
from tests.factories.regions import make_region

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


class Stage:
    """An empty book for the sampled commitments."""

    def __init__(self) -> None:
        made = plan(1441)
        self.promises = sample(made)
        codes = {promise.code for promise in self.promises}
        used = {line.cell.place for promise in self.promises for line in promise.lines}
        places = [place for place in made.places if place.code in used]
        for place in places:
            make_region(place.village)
        self.events: list[Event] = [event for event in made.events if event.code in codes]
        self.rows: ProgrammeRows = write_programme()
        self.keys: PlaceKeys = write_places(places, self.rows, Keys())
        self.cast = made.cast


@pytest.fixture
def stage() -> Stage:
    return Stage()


def play_at_the_desk(stage: Stage) -> list[Collaborator]:
    """Write the rows of the sample and return the collaborators as the end found them."""
    ledger = Ledger(Keys())
    cast = stage.cast
    givers = [BBN, *cast.aggregators, *cast.organisations, *cast.individuals, *cast.refused]
    desk = Desk(ledger, stage.rows.programme, stage.keys, Roster(ledger, givers))
    desk.play(stage.promises, stage.events)
    ledger.write()
    return list(Collaborator.objects.all())


def movements_and_back(stage: Stage) -> list[tuple[object, ...]]:
    """Return the movements with their keys, and leave the book empty again."""
    with transaction.atomic():
        play_at_the_desk(stage)
        movements: list[tuple[object, ...]] = list(Movement.objects.order_by("pk").values_list())
        transaction.set_rollback(True)
    return movements


def test_the_desk_writes_the_rows_that_the_actions_write(stage: Stage) -> None:
    with transaction.atomic():
        written = play_at_the_desk(stage)
        pictured = picture()
        transaction.set_rollback(True)
    Collaborator.objects.bulk_create(written)
    Collaborator.objects.update(verification="VERIFIED")
    Player(stage.rows.programme, stage.keys, stage.promises).play(stage.events)

    assert picture() == pictured


def test_the_same_events_make_the_same_rows_with_the_same_keys(stage: Stage) -> None:
    first, second = movements_and_back(stage), movements_and_back(stage)

    assert first == second != []
