"""What givers offer: how many packages, to which places, in which weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import Floats, Ints, Mask, real, whole
from ksbb.allocation.errors import CannotAllocate

AREA: Final = 0
RADIUS: Final = 1
LIST: Final = 2
EVERYWHERE: Final = -1
"""The `level` of an offer to any area."""

MOST_PACKAGES: Final = 2**31 - 1
"""All offers together: the max-flow reckons in 32 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """One row an offer, all of one aid type; made by `offers`.

    `kind` says which columns speak: AREA: `level`, `area`; RADIUS: `x`, `y`, `km`; LIST: its places
    are ``listed[start[o] : start[o + 1]]``. Weeks count from 0, both ends belong to the offer.
    """

    packages: Ints
    kind: Ints
    level: Ints
    area: Ints
    x: Floats
    y: Floats
    km: Floats
    start: Ints
    listed: Ints
    week_from: Ints
    week_to: Ints

    def __len__(self) -> int:
        """Return the number of offers."""
        return len(self.packages)


def offers(
    packages: ArrayLike,
    *,
    kind: ArrayLike | None = None,
    level: ArrayLike | None = None,
    area: ArrayLike | None = None,
    x: ArrayLike | None = None,
    y: ArrayLike | None = None,
    km: ArrayLike | None = None,
    lists: list[ArrayLike] | None = None,
    week_from: ArrayLike | None = None,
    week_to: ArrayLike | None = None,
) -> Offers:
    """Check the columns of a table of offers and return it. Raises CannotAllocate.

    All columns are as long as ``packages`` (whole, ≥ 0, less than 2^31 together). What is left out
    is an offer to everybody in week 0. ``x``, ``y`` and ``km`` are kilometres on a flat map;
    ``lists`` holds a list of places for each offer, empty for other kinds.
    """
    given = whole("packages", packages)
    count = len(given)
    if int(given.sum()) > MOST_PACKAGES:
        raise CannotAllocate("overflow", field="packages", most=MOST_PACKAGES)
    zeros = np.zeros(count, np.int64)
    kinds = zeros if kind is None else whole("kind", kind, length=count)
    if (kinds > LIST).any():
        raise CannotAllocate("unknown_kind", field="kind", row=int((kinds > LIST).argmax()))
    if lists is not None and len(lists) != count:
        raise CannotAllocate("shape", field="lists", expected=count)
    named = [whole("lists", row) for row in lists or [()] * count]
    first = zeros if week_from is None else whole("week_from", week_from, length=count)
    final = first if week_to is None else whole("week_to", week_to, length=count)
    _ordered(final < first)
    return Offers(
        packages=given,
        kind=kinds,
        level=_levels(level, count),
        area=zeros if area is None else whole("area", area, length=count),
        x=_place("x", x, count),
        y=_place("y", y, count),
        km=np.zeros(count) if km is None else real("km", km, length=count),
        start=np.concatenate([[0], np.cumsum([len(row) for row in named], dtype=np.int64)]),
        listed=np.concatenate([zeros[:0], *named]),
        week_from=first,
        week_to=final,
    )


def _levels(level: ArrayLike | None, count: int) -> Ints:
    if level is None:
        return np.full(count, EVERYWHERE)
    return whole("level", level, length=count, least=EVERYWHERE)


def _place(field: str, values: ArrayLike | None, count: int) -> Floats:
    if values is None:
        return np.zeros(count)
    return real(field, values, length=count, least=-np.inf)


def _ordered(backwards: Mask) -> None:
    if backwards.any():
        raise CannotAllocate("too_small", field="week_to", row=int(backwards.argmax()))
