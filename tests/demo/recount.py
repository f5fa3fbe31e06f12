"""Counts a plan anew, event by event, knowing nothing of how it was made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from math import ceil
from typing import TYPE_CHECKING, TypeAlias

from ksbb.demo.load import villages_of
from ksbb.demo.places import Village
from ksbb.demo.plan import Plan, make_plan
from ksbb.regions.actions.load import DKI_REGIONS
from ksbb.regions.region_file import read_regions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ksbb.demo.events import Event

Key: TypeAlias = tuple[str, int, str]

SIGN = {"submit": 1, "reject": -1, "cancel": -1, "expire": -1}
DAYS = {1: 7, 2: 7, 3: 7, 4: 9}


@cache
def villages() -> tuple[Village, ...]:
    """Return the kelurahan of the file that comes with the project."""
    return tuple(villages_of(read_regions(DKI_REGIONS)))


@cache
def plan(seed: int) -> Plan:
    """Return the plan of a seed, made once in a run."""
    return make_plan(villages(), seed)


@dataclass
class Tally:
    """Sums of the events up to a moment, by need and by collaborator."""

    made: Plan
    committed: Counter[Key] = field(default_factory=Counter)
    delivered: Counter[Key] = field(default_factory=Counter)
    received: Counter[Key] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    touched: set[Key] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Index promises and places by their codes."""
        self.promises = {promise.code: promise for promise in self.made.promises}
        self.places = {place.code: place for place in self.made.places}

    def add(self, event: Event) -> None:
        """Enter one event."""
        promise = self.promises[event.code]
        keys: dict[int, Key] = {at: promise.lines[at].cell for at in event.quantities}
        self.touched = set(keys.values())
        for at, quantity in event.quantities.items():
            self.committed[keys[at]] += SIGN.get(event.verb, 0) * quantity
            self.given[promise.giver] += SIGN.get(event.verb, 0) * quantity
            if event.verb == "hand_over":
                self.delivered[keys[at]] += quantity

    def packages(self) -> dict[str, int]:
        """Return what is committed by aid type."""
        sums: Counter[str] = Counter()
        for (_, _, aid), quantity in self.committed.items():
            sums[aid] += quantity
        return +sums

    def reached(self, *, area: bool) -> set[str]:
        """Return the places with anything committed."""
        return {
            place
            for (place, _, _), quantity in self.committed.items()
            if quantity and self.places[place].is_area is area
        }

    def phase(self, number: int) -> tuple[int, int]:
        """Return RW aided and RW fulfilled."""
        aided = {
            place
            for (place, phase, _), quantity in self.committed.items()
            if quantity and phase == number and self.places[place].is_area
        }
        met = [
            place
            for place in aided
            if self.committed[place, number, "sembako"] == self.places[place].count
        ]
        return len(aided), len(met)

    def givers(self) -> tuple[int, int, int]:
        """Return organisations, individuals and aggregators with anything committed."""
        active = {slug for slug, quantity in self.given.items() if quantity}
        cast = self.made.cast
        aggregators = {giver.slug for giver in cast.aggregators}
        individuals = {giver.slug for giver in cast.individuals}
        return (
            len(active - aggregators - individuals),
            len(active & individuals),
            len(active & aggregators),
        )

    def needed(self, key: Key) -> int:
        """Return a need by the rule as it is published, written down a second time."""
        place, phase, aid = key
        count, area = self.places[place].count, self.places[place].is_area
        families, persons = (count, count * 4) if area else (ceil(count / 4), count)
        once = phase == max(DAYS)
        return {
            "sembako": families,
            "makanan-siap-saji": persons * DAYS[phase],
            "paket-lebaran": families if once else 0,
            "paket-thr": persons if once else 0,
        }[aid]

    def broken(self) -> set[Key]:
        """Return the needs of the last event whose stages are out of order."""
        return {
            key
            for key in self.touched
            if not 0 <= self.delivered[key] <= self.committed[key] <= self.needed(key)
        }


def as_of(made: Plan, moment: datetime) -> Tally:
    """Return the sums of all events up to a moment, the moment itself included."""
    tally = Tally(made)
    for event in takewhile(lambda event: event.at <= moment, made.events):
        tally.add(event)
    return tally


def prefixes(made: Plan) -> Iterator[tuple[Event, Tally]]:
    """Yield each event and the sums right after it; the sums are one object that grows."""
    tally = Tally(made)
    for event in made.events:
        tally.add(event)
        yield event, tally
