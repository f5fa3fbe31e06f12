"""How packages are split among stops that are chosen already; many choices at once."""

from __future__ import annotations

from typing import Final

import numpy as np

from ksbb.allocation.arrays import Floats, Ints, Mask
from ksbb.allocation.gain import Gains, amount_at, gain

_STEPS: Final = 50
_LOOK: Final = 6
"""Every so many steps it is looked whether more would change anything."""


def split(stops: Gains, choices: Ints, packages: int) -> tuple[Floats, Floats]:
    """Return the best split of each choice and what it is worth (−inf: the least is too much).

    ``choices`` int[S, K] names stops, −1 fills a row up. The gain of a stop is concave, so the best
    split has one price per package; what it leaves goes to those next in line.
    """
    some = stops.at(np.maximum(choices, 0))
    here = choices >= 0
    some = some._replace(least=np.where(here, some.least, 0.0), most=np.where(here, some.most, 0.0))
    low, high = np.zeros((len(choices), 1)), np.full((len(choices), 1), stops.weight.max() + 1.0)
    enough = amount_at(some, low).sum(axis=1, keepdims=True) <= packages
    for step in range(1, _STEPS + 1):
        if not step % _LOOK and _told_apart(some, low, high, enough):
            break
        price = (low + high) / 2
        fits = amount_at(some, price).sum(axis=1, keepdims=True) <= packages
        low, high = np.where(fits, low, price), np.where(fits, price, high)
    x = amount_at(some, np.where(enough, 0.0, high))
    more = np.where(enough, 0.0, amount_at(some, low) - x)
    left = packages - x.sum(axis=1, keepdims=True)
    x += np.clip(left - (np.cumsum(more, axis=1) - more), 0.0, more)
    worth = np.where(here, gain(some, x), 0.0).sum(axis=1)
    return x, np.where(some.least.sum(axis=1) <= packages, worth, -np.inf)


def _told_apart(some: Gains, low: Floats, high: Floats, enough: Mask) -> bool:
    """Tell whether between both prices each choice takes at most one package more."""
    more = (amount_at(some, low) - amount_at(some, high)).sum(axis=1, keepdims=True)
    return bool((enough | (more <= 1)).all())
