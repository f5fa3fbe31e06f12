"""What packages at a stop are worth, and what each stop does at a price per package."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ksbb.allocation.arrays import Floats, Ints
from ksbb.allocation.ask import Ask


class Gains(NamedTuple):
    """Stops in question, all arrays alike long (or alike shaped): see `gain`."""

    need: Floats
    committed: Floats
    weight: Floats
    way: Floats
    least: Floats
    most: Floats

    def at(self, index: Ints) -> Gains:
        """Return some of the stops."""
        return Gains(*(column[index] for column in self))


def gains(ask: Ask, rows: Ints) -> Gains:
    """Return the columns of some rows."""
    places = ask.places
    gap = places.gap[rows].astype(np.float64)
    need = places.need[rows].astype(np.float64)
    return Gains(
        need=need,
        committed=places.committed[rows].astype(np.float64),
        weight=places.weighted[rows] / (1000.0 * need),
        way=ask.km_cost * ask.km[rows],
        least=np.minimum(ask.min_drop, gap),
        most=gap,
    )


def gain(stops: Gains, x: Floats) -> Floats:
    """Return the worth of ``x`` packages: the share of the need still unmet, package by package.

    weight × (x (1 − committed/need) − x² / (2 need)) − km_cost × km: the first packages at a place
    that has little count most. It is the order of `fill` as its rounding becomes Webster's.
    """
    share = 1.0 - stops.committed / stops.need
    return stops.weight * (x * share - x * x / (2.0 * stops.need)) - stops.way


def amount_at(stops: Gains, price: Floats | float) -> Floats:
    """Return how many packages a stop takes at a price each."""
    wanted = stops.need * (1.0 - price / stops.weight) - stops.committed
    # On arrays this short np.clip takes longer than the two it is made of.
    return np.minimum(np.maximum(np.floor(wanted + 0.5), stops.least), stops.most)


def best_at(stops: Gains, price: Floats | float) -> tuple[Floats, Floats]:
    """Return how many packages a stop takes at a price each, and what is gained net of it."""
    x = amount_at(stops, price)
    return x, gain(stops, x) - price * x
