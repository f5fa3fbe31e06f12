"""A budget over places whose packages cost differently."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import MOST, Ints, number, whole
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.fill import Fill, level_of, poured
from ksbb.allocation.places import places


def fill_money(
    need: ArrayLike,
    committed: ArrayLike,
    price: ArrayLike,
    budget: int,
    *,
    lot: ArrayLike,
    weight_milli: ArrayLike | None = None,
    cap: ArrayLike | None = None,
    seed: int | None = None,
) -> Fill:
    """Spend ``budget`` rupiah in the order of `fill`; a place's packages cost ``price`` ≥ 1.

    It stops at the first package that cannot be paid, also where a later one is cheaper. So a
    larger budget never takes from anybody, and while anything is missing less than one package's
    price is ``left`` (rupiah). Skipping ahead would place at most (dearest − 1) // cheapest
    packages more and lose that promise. Raises CannotAllocate as `fill` does.
    """
    spendable = number("budget", budget)
    if not spendable:
        raise CannotAllocate("no_packages", field="budget")
    rows = places(need, committed, lot=lot, weight_milli=weight_milli, cap=cap)
    prices = whole("price", price, length=len(rows), least=1)
    _bounded(rows.gap, prices)
    costs = prices.astype(np.float64)
    x, _ = poured(rows, spendable, price=costs) or (rows.gap.copy(), -1)
    num, den = level_of(rows, x, None)
    return Fill(
        x=x,
        level_num=num,
        level_den=den,
        left=spendable - int((x * prices).sum()),
        seed=seed,
        places=rows,
        verb="fill_money",
        terms={"budget": spendable},
        price=costs,
    )


def _bounded(gap: Ints, prices: Ints) -> None:
    """Refuse prices at which float64 could not add up what everything missing costs."""
    about = float(np.dot(gap.astype(np.float64), prices.astype(np.float64)))
    if about >= MOST:
        raise CannotAllocate("overflow", field="price", row=int(prices.argmax()), most=MOST)
