"""One stock over many places: exact integer household-leximin of weighted coverage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import Floats, Ints, number
from ksbb.allocation.digest import digest
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.large import fill_large
from ksbb.allocation.places import NEUTRAL, Places, places

HALVES: int = 4
"""What adding halves above the line costs of the largest numbers."""


@dataclass(frozen=True, kw_only=True)
class Fill:
    """Packages per place, and the level they reach.

    ``x`` int64[N], 0 ≤ x ≤ gap. Every place that can still take a package stands at a weighted
    coverage of at least ``level = level_num / level_den``; both are 0 where nothing was placed.
    ``left`` is what nobody could take (packages, or rupiah in `fill_money`).
    """

    x: Ints
    level_num: int
    level_den: int
    left: int
    seed: int | None
    places: Places
    verb: str
    terms: dict[str, int]
    price: Floats | None = None

    @property
    def level(self) -> float:
        """Return the weighted coverage of the package served last, before it came (1.0: all)."""
        return self.level_num / self.level_den

    @cached_property
    def digest(self) -> str:
        """Return the name of the input. Reckoned when first asked for: it takes longer than `fill`.

        So the columns handed over must not be changed in place before that.
        """
        rows = self.places
        return digest(
            self.verb,
            need=rows.need,
            committed=rows.committed,
            gap=rows.gap,
            weighted=rows.weighted,
            lot=rows.lot,
            price=self.price,
            seed=self.seed,
            **self.terms,
        )


def fill(
    need: ArrayLike,
    committed: ArrayLike,
    supply: int,
    *,
    lot: ArrayLike,
    weight_milli: ArrayLike | None = None,
    cap: ArrayLike | None = None,
    delta2: int = 0,
    seed: int | None = None,
) -> Fill:
    """Share ``supply`` packages so that nobody who has less could be given more.

    ``need`` (families, ≥ 1), ``committed`` (packages promised and live, ≥ 0), ``cap`` (the most a
    place may get, None: what it misses) and ``weight_milli`` (1000 = neutral, more = more
    vulnerable) are whole numbers, 1-D, one entry a place; ``lot`` is the uint64 draw of
    `public_lot`, whose ``seed`` is only carried along into the result.

    The answer is unique: of all ways to place min(supply, Σ gap) packages the one whose coverages,
    one entry per family, smallest first, are lexicographically largest. ``delta2`` = 0 is that (the
    method of Adams with caps and promises); 1 and 2 are the rules of Webster and d'Hondt.
    Sources: Federgruen and Groenevelt, Oper. Res. 1986; Frank and Murota, arXiv 2007.09616.

    Takes O(N) time as expected, O(N log N) at worst, and fewer than 14 arrays of N × 8 bytes.
    Raises CannotAllocate for columns that `places` refuses and for a stock that is no whole number
    ≥ 1.
    """
    rounding = number("delta2", delta2, most=2)
    stock = number("supply", supply)
    if not stock:
        raise CannotAllocate("no_packages", field="supply")
    rows = places(
        need,
        committed,
        lot=lot,
        weight_milli=weight_milli,
        cap=cap,
        scale=HALVES if rounding else 1,
    )
    x, last = poured(rows, stock, delta2=rounding) or (rows.gap.copy(), None)
    num, den = level_of(rows, x, last)
    return Fill(
        x=x,
        level_num=num,
        level_den=den,
        left=stock - int(x.sum()),
        seed=seed,
        places=rows,
        verb="fill",
        terms={"supply": stock, "delta2": rounding},
    )


def level_of(rows: Places, x: Ints, last: int | None) -> tuple[int, int]:
    """Return the weighted coverage of the package served last as a quotient; None seeks the row."""
    if last is None:
        coverage = (rows.committed + x - 1) / rows.weighted
        last = int(np.where(x > 0, coverage, -1.0).argmax())
    if not x[last]:
        return 0, 1
    below = rows.divisor(slice(last, last + 1))
    return NEUTRAL * int(rows.committed[last] + x[last] - 1), int(below[0])


def poured(
    rows: Places, stock: int, *, delta2: int = 0, price: Floats | None = None
) -> tuple[Ints, int] | None:
    """Share a stock (with ``price`` a budget) and name the last row; None: it is enough for all."""
    return fill_large(rows, stock, delta2=delta2, price=price)
