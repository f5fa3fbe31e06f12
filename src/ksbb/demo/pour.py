"""Sembako of one phase in one slot: some RW are filled, some begun, and the sum is exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ksbb.demo.book import Book, Cell
from ksbb.demo.setting import SEMBAKO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

    from ksbb.demo.choice import Candidates

SHARES: Final = (0.75, 0.65, 0.85, 0.55, 0.92, 0.45, 0.97, 0.35, 0.25, 0.15, 0.08)
"""Which part of the packages fills places up; the first that works out is taken."""
TRIES: Final = 4
LEAST: Final = 25


class PlanError(Exception):
    """The figures asked for cannot be met with these places."""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What a phase is to get in a slot: packages, RW begun, RW filled (old ones or new)."""

    phase: int
    amount: int
    begin: int
    fill: int


@dataclass(frozen=True)
class Draft:
    """Packages by RW, and how many found no place."""

    packages: Mapping[str, int]
    overflow: int


def pour(book: Book, goal: Goal, candidates: Callable[[], Candidates], rng: Random) -> Draft:
    """Return packages by RW for a goal, with as little overflow as can be had.

    Raises PlanError where the goal cannot be met at all.
    """
    drafts = []
    for share in SHARES * TRIES:
        draft = _Attempt(book, goal, candidates(), rng).draft(share)
        if draft and not draft.overflow:
            return draft
        drafts += [draft] if draft else []
    if not drafts:
        message = f"{goal} cannot be met"
        raise PlanError(message)
    return min(drafts, key=lambda draft: draft.overflow)


class _Attempt:
    def __init__(self, book: Book, goal: Goal, candidates: Candidates, rng: Random) -> None:
        self._book, self._goal, self._candidates, self._rng = book, goal, candidates, rng
        full = set(book.fulfilled(goal.phase))
        self._begun = [code for code in book.aided(goal.phase) if code not in full]

    def draft(self, share: float) -> Draft | None:
        """Fill places for about `share` of the amount, spread the rest; None if it fails."""
        filled = self._filled(share * self._goal.amount)
        if filled is None:
            return None
        old, new = filled
        started = [self._candidates.large() for _ in range(self._goal.begin - len(new))]
        packages = {code: self._book.gap(self._cell(code)) for code in (*old, *new)}
        rest = self._goal.amount - sum(packages.values())
        if rest < LEAST * len(started):
            return None
        rooms = {code: self._short_of_full(code) for code in self._begun if code not in packages}
        firsts = {code: min(LEAST, self._short_of_full(code)) for code in started}
        rooms |= {code: self._short_of_full(code) - firsts[code] for code in started}
        spread, overflow = scatter(rest - sum(firsts.values()), rooms, self._rng)
        for code, quantity in (*firsts.items(), *spread.items()):
            packages[code] = packages.get(code, 0) + quantity
        return Draft(packages, overflow)

    def _filled(self, budget: float) -> tuple[list[str], list[str]] | None:
        """Return RW begun earlier and new ones whose gaps together come near the budget."""
        ready = [code for code in self._begun if self._is_ready(code)]
        fewest = max(0, self._goal.fill - self._goal.begin)
        number = max(fewest, round(self._goal.fill * self._rng.uniform(0.3, 0.7)))
        number = min(number, self._goal.fill, max(fewest, len(ready)))
        if number > len(ready):
            return None
        old = self._rng.sample(ready, number)
        if self._cost(old) > budget:
            old = sorted(ready, key=lambda code: self._book.gap(self._cell(code)))[:number]
        return old, self._new(self._goal.fill - number, budget - self._cost(old))

    def _new(self, number: int, budget: float) -> list[str]:
        """Draw new RW one by one, each of about the size the budget still allows."""
        new: list[str] = []
        while len(new) < number:
            size = (budget - self._cost(new)) / (number - len(new)) * self._rng.uniform(0.6, 1.4)
            new.append(self._candidates.near(size))
        return new

    def _cell(self, code: str) -> Cell:
        return Cell(code, self._goal.phase, SEMBAKO)

    def _cost(self, codes: list[str]) -> int:
        return sum(self._book.gap(self._cell(code)) for code in codes)

    def _is_ready(self, code: str) -> bool:
        cell = self._cell(code)
        return 0 < self._book.gap(cell) == self._book.room(cell)

    def _short_of_full(self, code: str) -> int:
        """Return the room that leaves at least one package missing."""
        cell = self._cell(code)
        return max(0, min(self._book.room(cell), self._book.gap(cell) - 1))


def scatter(
    amount: int, rooms: Mapping[str, int], rng: Random, parts: Sequence[float] = (0.4, 1.0)
) -> tuple[dict[str, int], int]:
    """Return quantities by place that add up to `amount`, and what found no room.

    In the first round a place gets a round number near its part of the room, in later ones more.
    The places drawn last go without.
    """
    order = [code for code, room in rooms.items() if room > 0]
    rng.shuffle(order)
    given = dict.fromkeys(order, 0)
    for part in parts:
        for code in order:
            left = rooms[code] - given[code]
            step = min(amount, left if part == 1 else rounded(left * part * rng.uniform(0.6, 1.7)))
            given[code] += step
            amount -= step
    return {code: quantity for code, quantity in given.items() if quantity}, amount


def rounded(quantity: float) -> int:
    """Return a number people like to give: a multiple of 5 below 100, of 25 from there on."""
    step = 5 if quantity < 100 else 25  # noqa: PLR2004 - where round numbers change
    return int(quantity // step * step)
