"""The planner: from a seed to commitments and events that meet every published figure exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from ksbb.demo.book import Book, Cell
from ksbb.demo.cast import Cast, make_cast
from ksbb.demo.codes import Codes
from ksbb.demo.events import Event, events_of
from ksbb.demo.fates import WINDOWS, day_wanted, draw_fate
from ksbb.demo.givers import parcel_out
from ksbb.demo.ground import Ground
from ksbb.demo.hours import within
from ksbb.demo.places import Place, make_places
from ksbb.demo.pour import PlanError
from ksbb.demo.promises import Promise
from ksbb.demo.setting import LEBARAN, SEMBAKO
from ksbb.demo.slots import make_slots
from ksbb.demo.spread import Spreading
from ksbb.demo.story import (
    BBN_AT,
    REFUSALS,
    REFUSED_QUANTITY,
    bbn_promise,
    refused_promise,
    withdraw,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ksbb.demo.cast import Giver
    from ksbb.demo.givers import Parcel
    from ksbb.demo.places import Village
    from ksbb.demo.promises import Cut
    from ksbb.demo.slots import Slot

ATTEMPTS: Final = 5


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The whole scenario. Events are in the order of time."""

    places: Sequence[Place]
    cast: Cast
    promises: Sequence[Promise]
    events: Sequence[Event]


def make_plan(villages: Iterable[Village], seed: int) -> Plan:
    """Return the scenario; the same villages and seed give the same one.

    Now and then the places drawn first are too small for a figure, then others are drawn.
    Raises PlanError where that does not help.
    """
    places = make_places(villages, seed)
    cast = make_cast(seed)
    for attempt in range(ATTEMPTS):
        try:
            promises = _play(places, cast, f"{seed}/{attempt}")
        except PlanError as error:
            failure = error
        else:
            events = [event for promise in promises for event in events_of(promise)]
            events.sort(key=lambda event: (event.at, event.code))
            return Plan(places=places, cast=cast, promises=promises, events=events)
    raise failure


def _play(places: Sequence[Place], cast: Cast, seed: str) -> list[Promise]:
    planner = _Planner(Book(places), cast, Codes(Random(f"{seed}/codes")), Random(seed))
    for slot in make_slots(Random(f"{seed}/slots")):
        planner.play(slot)
    return planner.promises


class _Planner:
    """Plays slot after slot: what falls back, who joins, what is given, what becomes of it."""

    def __init__(self, book: Book, cast: Cast, codes: Codes, rng: Random) -> None:
        self._book, self._cast, self._rng = book, cast, rng
        self._ground = Ground(book, rng)
        self._joined: list[Giver] = []
        self._codes = codes
        self.promises: list[Promise] = []

    def play(self, slot: Slot) -> None:
        """Make the promises of one slot, so that its figures stand at its end."""
        self._free(slot)
        if slot.start <= BBN_AT <= slot.end:
            self._keep(bbn_promise(self._ground.first_place, self._codes.draw()))
        taken = Spreading(slot, self._book, self._ground, self._rng).run()
        new = self._newcomers(slot)
        for parcel in parcel_out(taken, new, self._joined, self._rng):
            promise = self._promise(parcel, slot)
            draw_fate(promise, slot.end, self._rng)
            self.promises.append(promise)
        self._joined += new
        self._refuse(slot)
        self._book.close_slot()

    def _free(self, slot: Slot) -> None:
        """Give back what is due in this slot, and withdraw more where a figure falls."""
        for promise in self.promises:
            for cut in promise.cuts:
                if slot.start <= cut.at <= slot.end:
                    self._give_back(promise, cut)
        surplus = self._book.committed(LEBARAN) - slot.packages.lebaran
        for promise, cut in withdraw(self.promises, surplus, slot, self._rng):
            promise.cuts.append(cut)
            self._give_back(promise, cut)

    def _give_back(self, promise: Promise, cut: Cut) -> None:
        for position, quantity in cut.quantities.items():
            self._book.free(promise.lines[position].cell, quantity)

    def _keep(self, promise: Promise) -> None:
        for line in promise.lines:
            self._book.take(line.cell, line.quantity)
        self.promises.append(promise)

    def _newcomers(self, slot: Slot) -> list[Giver]:
        """Return who joins in this slot; Barisan Bangun Negeri counts from 2 May on."""
        groups = (
            (self._cast.organisations, slot.givers.organisations - (slot.end >= BBN_AT)),
            (self._cast.individuals, slot.givers.individuals),
            (self._cast.aggregators, slot.givers.aggregators),
        )
        wanted = [giver for givers, number in groups for giver in givers[:number]]
        return [giver for giver in wanted if giver not in self._joined]

    def _promise(self, parcel: Parcel, slot: Slot) -> Promise:
        created_at = within(slot.start, slot.end, self._rng)
        return Promise(
            code=self._codes.draw(),
            giver=parcel.giver.slug,
            phase=parcel.phase,
            lines=parcel.lines,
            created_at=created_at,
            planned_for=day_wanted(parcel.phase, created_at, self._rng),
            window=self._rng.choice(tuple(WINDOWS)),
            is_first=parcel.is_first,
        )

    def _refuse(self, slot: Slot) -> None:
        """Let a stranger promise something and be rejected on the same day."""
        if slot.end.date() in REFUSALS:
            giver = self._cast.refused[REFUSALS.index(slot.end.date())]
            cell = self._half_met(slot.flow.main)
            self.promises.append(refused_promise(giver.slug, cell, slot, self._codes.draw()))

    def _half_met(self, phase: int) -> Cell:
        cells = (Cell(code, phase, SEMBAKO) for code in self._book.aided(phase))
        return next(cell for cell in cells if self._book.room(cell) > REFUSED_QUANTITY)
