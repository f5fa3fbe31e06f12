"""One giver's question: so many packages, so many stops, so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import Floats, Ints, finite, number, real
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.places import Places, places


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The places, their distance, and the giver's terms (see `recommend`)."""

    places: Places
    km: Floats
    packages: int
    max_stops: int
    min_drop: int
    within_km: float
    km_cost: float
    seed: int | None
    most_work: int

    def reached(self) -> Ints:
        """Return the rows in reach that miss something, in the order of their lots.

        Raises CannotAllocate where nothing is in reach, or everything there is full.
        """
        near = self.km <= self.within_km
        if not near.any():
            raise CannotAllocate("none_in_reach", field="km", within_km=self.within_km)
        open_ = np.flatnonzero(near & (self.places.gap > 0))
        if not len(open_):
            raise CannotAllocate("all_full", field="need", within_km=self.within_km)
        return open_[np.argsort(self.places.lot[open_], kind="stable")]

    def but(self, **terms: float) -> Ask:
        """Return the question with other terms: max_stops, min_drop or within_km."""
        return replace(self, **terms)  # type: ignore[arg-type]


def ask(
    need: ArrayLike,
    committed: ArrayLike,
    km: ArrayLike,
    *,
    lot: ArrayLike,
    packages: int,
    max_stops: int,
    min_drop: int,
    within_km: float,
    km_cost: float,
    weight_milli: ArrayLike | None,
    cap: ArrayLike | None,
    seed: int | None,
    most_work: int,
) -> Ask:
    """Check a question and return it. Raises CannotAllocate (see `recommend`)."""
    rows = places(need, committed, lot=lot, weight_milli=weight_milli, cap=cap)
    stock = number("packages", packages)
    if not stock:
        raise CannotAllocate("no_packages", field="packages")
    stops = number("max_stops", max_stops, least=1)
    if stops > stock:
        raise CannotAllocate("more_stops_than_packages", field="max_stops", most=stock)
    least = number("min_drop", min_drop, least=1)
    if least > stock:
        raise CannotAllocate("minimum_impossible", field="min_drop", most=stock)
    if within_km != np.inf and finite("within_km", within_km) < 0:
        raise CannotAllocate("not_finite", field="within_km")
    if finite("km_cost", km_cost) < 0:
        raise CannotAllocate("not_finite", field="km_cost")
    return Ask(
        places=rows,
        km=real("km", km, length=len(rows)),
        packages=stock,
        max_stops=stops,
        min_drop=least,
        within_km=float(within_km),
        km_cost=float(km_cost),
        seed=seed,
        most_work=number("most_work", most_work),
    )
