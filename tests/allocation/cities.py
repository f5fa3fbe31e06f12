"""Small cities with offers of every kind, and the plain way to plan them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from hypothesis import strategies as st

from ksbb.allocation.arrays import Ints, Lots
from ksbb.allocation.cells import Cells, cells
from ksbb.allocation.lots import public_lot
from ksbb.allocation.offers import AREA, EVERYWHERE, LIST, RADIUS, Offers, offers
from ksbb.allocation.plan import Plan, plan
from tests.allocation.oracles import Pool, pools

T = TypeVar("T")


@dataclass(frozen=True)
class City:
    """Rows are places in weeks; `pool` holds what they need and carries no supply."""

    pool: Pool
    area: list[tuple[int, int]]
    xy: list[tuple[float, float]]
    week: list[int]
    place: list[int]
    offers: Offers

    def cells(self) -> Cells:
        return cells(np.array(self.area), self.xy, self.week, self.offers, place=self.place)

    def plan(self) -> Plan:
        pool = self.pool
        return plan(
            pool.need,
            pool.committed,
            self.cells(),
            lot=pool.lot,
            weight_milli=pool.weight,
            cap=pool.cap,
            seed=pool.seed,
        )

    def may(self, offer: int, row: int) -> bool:
        """Tell whether an offer may serve a row, word for word as the giver wished."""
        table = self.offers
        if not table.week_from[offer] <= self.week[row] <= table.week_to[offer]:
            return False
        if table.kind[offer] == AREA:
            level = int(table.level[offer])
            return level == EVERYWHERE or self.area[row][level] == table.area[offer]
        if table.kind[offer] == RADIUS:
            x, y = self.xy[row]
            apart = (x - table.x[offer]) ** 2 + (y - table.y[offer]) ** 2
            return bool(apart <= table.km[offer] ** 2)
        listed = table.listed[table.start[offer] : table.start[offer + 1]]
        return self.place[row] in listed.tolist()


@st.composite
def cities(draw: st.DrawFn) -> City:
    """Draw up to eight rows and four offers."""
    pool = draw(pools(most=7))
    rows = len(pool.need)
    weeks = draw(st.integers(1, 2))
    place = [row // weeks for row in range(rows)]
    area = draw(_columns(rows, st.tuples(st.integers(0, 1), st.integers(0, 2))))
    xy = draw(_columns(rows, st.tuples(st.integers(0, 4), st.integers(0, 4))))
    return City(
        pool=pool,
        area=[area[at] for at in place],
        xy=[(float(xy[at][0]), float(xy[at][1])) for at in place],
        week=[row % weeks for row in range(rows)],
        place=place,
        offers=draw(_offers(rows, weeks)),
    )


def _columns(count: int, one: st.SearchStrategy[T]) -> st.SearchStrategy[list[T]]:
    return st.lists(one, min_size=count, max_size=count)


@st.composite
def _offers(draw: st.DrawFn, rows: int, weeks: int) -> Offers:
    count = draw(st.integers(1, 4))
    small = _columns(count, st.integers(0, 4))
    kind = draw(_columns(count, st.sampled_from([AREA, RADIUS, LIST])))
    named = draw(_columns(count, st.lists(st.integers(0, rows), max_size=3)))
    first = draw(_columns(count, st.integers(0, weeks - 1)))
    return offers(
        draw(_columns(count, st.integers(0, 12))),
        kind=kind,
        level=draw(_columns(count, st.integers(EVERYWHERE, 1))),
        area=draw(_columns(count, st.integers(0, 2))),
        x=draw(small),
        y=draw(small),
        km=draw(small),
        lists=[row if one == LIST else [] for row, one in zip(named, kind, strict=True)],
        week_from=first,
        week_to=[begin + draw(st.integers(0, 1)) for begin in first],
    )


def by_matroid(city: City) -> list[int]:
    """Go through all packages in the order of their keys; keep each that offers can still bring."""
    pool = city.pool
    keys = [(pool.key(t, k), t) for t, gap in enumerate(pool.gap) for k in range(gap)]
    bringing = _Bringing(city)
    x = [0] * len(pool.need)
    for _, row in sorted(keys):
        x[row] += bringing.another(row)
    return x


def can_be_brought(city: City, x: Sequence[int]) -> bool:
    """Tell whether the offers can bring so many packages to each row."""
    bringing = _Bringing(city)
    return all(bringing.another(row) for row, wanted in enumerate(x) for _ in range(wanted))


class _Bringing:
    """Which offer brings each package so far; another one is let in by a chain of swaps (Hall)."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.left = city.offers.packages.tolist()
        self.brings: list[list[int]] = [[] for _ in city.pool.need]

    def another(self, row: int) -> bool:
        seen: set[int] = set()
        return self._let_in(row, seen)

    def _let_in(self, row: int, seen: set[int]) -> bool:
        for offer in range(len(self.left)):
            if offer in seen or not self.city.may(offer, row):
                continue
            seen.add(offer)
            if self._freed(offer, seen):
                self.left[offer] -= 1
                self.brings[row].append(offer)
                return True
        return False

    def _freed(self, offer: int, seen: set[int]) -> bool:
        """Make the offer have a package to spare, taking one back where another can step in."""
        if self.left[offer]:
            return True
        for row, by in enumerate(self.brings):
            if offer in by and self._let_in(row, seen):
                by.remove(offer)
                self.left[offer] += 1
                return True
        return False


def per_cell(found: Cells, amount: Ints) -> Ints:
    return np.bincount(found.cell, amount, found.count).astype(np.int64)


def lots(count: int) -> Lots:
    return public_lot(np.arange(count), 1)
