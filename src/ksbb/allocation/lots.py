"""The public draw: who comes first among places that are alike in everything else."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import Lots, number, whole

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
_BITS: Final = 2**63 - 1


def public_lot(ids: ArrayLike, seed: int) -> Lots:
    """Return a lot for each stable identifier; the smaller one comes first.

    ``ids`` are whole numbers 0 … 2^63−1, distinct; ``seed`` likewise, published with the result.
    The draw is splitmix64 (Steele, Lea, Flood 2014), a bijection: distinct identifiers draw
    distinct lots, the same on every machine, whatever the order of the rows.
    """
    drawn = number("seed", seed, most=_BITS)
    return splitmix64(whole("ids", ids, most=_BITS).astype(np.uint64) ^ np.uint64(drawn))


def named_lot(names: Iterable[str], seed: int) -> Lots:
    """Return a lot for each public name, so that anybody can repeat the draw.

    The identifier of a name is the last 63 bits of the SHA-256 of its UTF-8. Two of a million names
    share one with a chance of 10^-7; then `places` refuses them.
    """
    digests = b"".join(sha256(name.encode()).digest()[-8:] for name in names)
    return public_lot(np.frombuffer(digests, ">u8") & np.uint64(_BITS), seed)


def splitmix64(state: Lots) -> Lots:
    """Return the output of the splitmix64 generator for each state, modulo 2^64."""
    with np.errstate(over="ignore"):
        mixed = state + _GOLDEN
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
        return mixed ^ (mixed >> np.uint64(31))
