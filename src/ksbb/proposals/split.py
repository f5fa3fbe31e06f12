"""A stock or a budget over hundreds of places, with parts that are tied to an area or a kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from ksbb.allocation.arrays import Ints, Lots
from ksbb.allocation.cells import cells
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.fill import fill
from ksbb.allocation.lots import named_lot
from ksbb.allocation.money import fill_money
from ksbb.allocation.offers import LIST, offers
from ksbb.allocation.plan import plan
from ksbb.allocation.rotate import rotate
from ksbb.allocation.tree import tree_fill
from ksbb.needs.queries_list import in_area, needs_of
from ksbb.programmes.models import AidType, Phase
from ksbb.shared.clock import WIB
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number

MOST_PACKAGES: Final = 100_000_000

ALL_THAT_IS_MISSING: Final = "need"
LEAST_PER_PLACE: Final = "least"
FAIR_SHARE: Final = "share"


class SplitError(DomainError):
    """A stock cannot be split on these terms; the sentence says what to change."""


class Part(NamedTuple):
    """Packages (or rupiah, where the terms have a price) for an area and a kind of place.

    "" is everywhere, and every kind.
    """

    amount: int
    area: str = ""
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is split: parts, the least per place (1: no rule), the price of a package (0: none)."""

    parts: tuple[Part, ...]
    least: int = 1
    price: int = 0
    without: frozenset[int] = frozenset()


class Place(NamedTuple):
    """A need as it stands."""

    need: int
    code: str
    name: str
    region: str
    kind: str
    needed: int
    committed: int


class Line(NamedTuple):
    """What one place gets. Coverages are packages by need; ``because`` says what set the number."""

    place: Place
    quantity: int
    before: float
    after: float
    because: str


@dataclass(frozen=True, kw_only=True)
class Split:
    """A stock split as of `as_of`; nothing is written.

    `packages` were there, `placed` found a place, `left` did not; `rupiah_left` is the rest of a
    budget. `pool` places in reach miss something, `untouched` of them get nothing. `lowest_before`
    and `level` are the coverage of the least covered of the pool, before and after.
    """

    lines: tuple[Line, ...]
    packages: int
    placed: int
    left: int
    rupiah_left: int
    pool: int
    untouched: int
    lowest_before: float
    level: float
    least: int
    parts: int
    seed: int
    as_of: datetime


def split(*, aid_type: AidType, phase: Phase, terms: Terms, now: datetime) -> Split:
    """Split what the terms say so that nobody who has less could be given more.

    Raises SplitError with a sentence that says what to change.
    """
    places = _places(aid_type, phase, terms)
    seed = int(now.astimezone(WIB).strftime("%Y%m%d"))
    suffix = f"/{phase.number}/{aid_type.slug}"
    try:
        ask = _Ask(places, terms, named_lot((one.code + suffix for one in places), seed))
        x, rupiah_left = ask.answer()
    except CannotAllocate as refusal:
        raise SplitError(_sentence(refusal)) from refusal
    return _told(ask, x, rupiah_left, seed, now)


def _places(aid_type: AidType, phase: Phase, terms: Terms) -> list[Place]:
    """Return the needs that any part may reach, in the order of a walk through the areas."""
    needs = needs_of(aid_type, phase).filter(quantity__gt=0)
    areas = {part.area for part in terms.parts}
    if len(areas) == 1 and (area := areas.pop()):
        needs = in_area(needs, area)
    rows = needs.order_by().values_list(
        "pk",
        "target__code",
        "target__name",
        "target__region_id",
        "target__kind__slug",
        "quantity",
        "committed",
    )
    found = [Place(*row) for row in rows if row[0] not in terms.without]
    return sorted(found, key=lambda one: (one.region, one.code))


class _Ask:
    """The columns of the engine, and which verb answers."""

    def __init__(self, places: list[Place], terms: Terms, lot: Lots) -> None:
        if not places:
            raise CannotAllocate("none_in_reach", field="places")
        self.places, self.terms, self.lot = places, terms, lot
        self.need = np.array([one.needed for one in places], np.int64)
        self.committed = np.array([one.committed for one in places], np.int64)
        self.reach = [_rows(part, places) for part in terms.parts]
        price = max(terms.price, 1)
        self.stock = [part.amount // price for part in terms.parts]
        self.in_reach = np.zeros(len(places), bool)
        for rows in self.reach:
            self.in_reach[rows] = True

    def answer(self) -> tuple[Ints, int]:
        """Return packages per place and what is left of a budget."""
        self._check()
        budget, price = sum(part.amount for part in self.terms.parts), self.terms.price
        if self.terms.least > 1 or self._is_tangled():
            x = self._planned()
        elif len(self.terms.parts) > 1:
            x = self._poured()
        elif price:
            return self._paid(price)
        else:
            x = self._filled()
        return x, budget - int(x.sum()) * price if price else 0

    def _check(self) -> None:
        if not self.in_reach.any():
            raise CannotAllocate("none_in_reach", field="places")
        if not sum(self.stock):
            raise CannotAllocate("no_packages", field="parts")
        if self.terms.least > sum(self.stock):
            raise CannotAllocate(
                "minimum_impossible", least=self.terms.least, packages=sum(self.stock)
            )
        gap = np.maximum(self.need - self.committed, 0)
        if not gap[self.in_reach].any():
            raise CannotAllocate("all_full", field="places")

    def _is_tangled(self) -> bool:
        """Tell whether parts are tied to kinds of places: then areas alone do not nest them."""
        return any(part.kind for part in self.terms.parts)

    def _filled(self) -> Ints:
        return fill(self.need, self.committed, self.stock[0], lot=self.lot).x

    def _paid(self, price: int) -> tuple[Ints, int]:
        prices = np.full(len(self.places), price, np.int64)
        budget = self.terms.parts[0].amount
        found = fill_money(self.need, self.committed, prices, budget, lot=self.lot)
        return found.x, found.left

    def _poured(self) -> Ints:
        """Share parts of nested areas: the deepest first, the part for everywhere on top."""
        stock: dict[str, int] = {}
        for part, packages in zip(self.terms.parts, self.stock, strict=True):
            stock[part.area] = stock.get(part.area, 0) + packages
        spans = {area: _rows(Part(1, area), self.places) for area in stock}
        known = [area for area in stock if len(spans[area])]
        return tree_fill(
            self.need,
            self.committed,
            [int(spans[area][0]) for area in known],
            [int(spans[area][-1]) + 1 for area in known],
            [len(area) for area in known],
            [stock[area] for area in known],
            lot=self.lot,
        ).x

    def _planned(self) -> Ints:
        """Plan each part as an offer to a list of places, then make visits worth the way."""
        count = len(self.places)
        table = offers(self.stock, kind=np.full(len(self.stock), LIST), lists=list(self.reach))
        joined = cells(
            np.zeros((count, 1), np.int64), np.zeros((count, 2)), np.zeros(count, np.int64), table
        )
        fair = plan(self.need, self.committed, joined, lot=self.lot)
        if self.terms.least <= 1:
            return fair.x
        return rotate(fair, self.committed, min_share_milli=1, min_drop=self.terms.least).x


def _rows(part: Part, places: Sequence[Place]) -> Ints:
    return np.array(
        [
            at
            for at, one in enumerate(places)
            if f"{one.region}.".startswith(f"{part.area}." if part.area else "")
            and part.kind in {"", one.kind}
        ],
        np.int64,
    )


def _told(ask: _Ask, x: Ints, rupiah_left: int, seed: int, now: datetime) -> Split:
    missing = ask.in_reach & (ask.need > ask.committed)
    after = (ask.committed + x) / ask.need
    packages = sum(ask.stock)
    return Split(
        lines=tuple(_line(ask, int(x[row]), int(row)) for row in np.flatnonzero(x)),
        packages=packages,
        placed=int(x.sum()),
        left=packages - int(x.sum()),
        rupiah_left=rupiah_left,
        pool=int(missing.sum()),
        untouched=int((missing & (x == 0)).sum()),
        lowest_before=float((ask.committed / ask.need)[missing].min()),
        level=float(after[missing].min()),
        least=ask.terms.least,
        parts=len(ask.terms.parts),
        seed=seed,
        as_of=now,
    )


def _line(ask: _Ask, quantity: int, row: int) -> Line:
    place = ask.places[row]
    because = FAIR_SHARE
    if quantity == place.needed - place.committed:
        because = ALL_THAT_IS_MISSING
    elif quantity == ask.terms.least > 1:
        because = LEAST_PER_PLACE
    return Line(
        place,
        quantity,
        place.committed / place.needed,
        (place.committed + quantity) / place.needed,
        because,
    )


def _sentence(refusal: CannotAllocate) -> str:
    known = {
        "none_in_reach": _(
            "No place there has such a need in this phase. Choose a wider area, another kind of"
            " place or another phase."
        ),
        "all_full": _(
            "Nothing is missing there: all places are full. Choose a wider area, another kind of"
            " aid or another phase."
        ),
        "no_packages": _("This does not pay for a single package. Give more, or lower the price."),
        "minimum_impossible": _(
            "At least {least} per place is more than the {packages} packages there are. Lower it."
        ).format(
            least=number(int(refusal.params.get("least", 0))),
            packages=number(int(refusal.params.get("packages", 0))),
        ),
        "overflow": _("The numbers are too large to be split exactly. Look for a mistyped one."),
    }
    return known.get(refusal.code) or _(
        "The needs on record do not let us answer ({what}). Please tell the working group."
    ).format(what=refusal)
