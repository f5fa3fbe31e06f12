"""Arrays as the engine takes them: flat, whole, in bounds. The first bad row is named."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ksbb.allocation.errors import CannotAllocate

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Lots = NDArray[np.uint64]
Mask = NDArray[np.bool_]

MOST: Final = 2**52
"""The largest whole number the engine reckons with: beyond it float64 has gaps."""
BLOCK: Final = 1 << 16
"""Rows handled at once: a few columns of them fit the cache of one core."""


_SHORT: Final = 1 << 16


def whole(
    field: str, values: ArrayLike, *, length: int | None = None, least: int = 0, most: int = MOST
) -> Ints:
    """Return ``values`` as int64, 1-D. Raises CannotAllocate and names the first bad row.

    Floats are taken where each is a whole number, so a column of a spreadsheet can be handed over.
    """
    return measured(field, values, length=length, least=least, most=most)[0]


def measured(
    field: str, values: ArrayLike, *, length: int | None = None, least: int = 0, most: int = MOST
) -> tuple[Ints, int]:
    """Return what `whole` does, and the largest entry (0: there is none)."""
    given = _flat(field, values, length)
    if given.dtype.kind == "f":
        _finite(field, given)
        _refuse("not_whole", field, given != np.floor(given))
    elif given.dtype.kind not in "iu":
        raise CannotAllocate("not_whole", field=field, row=_stranger(given))
    low, high = _extent(given) if given.size else (least, 0)
    if low < least or high > most:
        _refuse("too_small", field, given < least, least=least)
        _refuse("too_large", field, given > most, most=most)
    return given.astype(np.int64, copy=False), int(high)


def real(field: str, values: ArrayLike, *, length: int | None = None, least: float = 0.0) -> Floats:
    """Return ``values`` as float64, 1-D and finite. Raises CannotAllocate as `whole` does."""
    given = _flat(field, values, length)
    if given.dtype.kind not in "iuf":
        raise CannotAllocate("not_finite", field=field, row=_stranger(given))
    floats = given.astype(np.float64, copy=False)
    _finite(field, floats)
    _refuse("too_small", field, floats < least, least=least)
    return floats


def number(field: str, value: float, *, least: int = 0, most: int = MOST) -> int:
    """Return one whole number in bounds. Raises CannotAllocate."""
    finite(field, value)
    if value != int(value):
        raise CannotAllocate("not_whole", field=field)
    if value < least:
        raise CannotAllocate("too_small", field=field, least=least)
    if value > most:
        raise CannotAllocate("too_large", field=field, most=most)
    return int(value)


def blocks(length: int, size: int = 0) -> list[slice]:
    """Return the rows block by block, BLOCK at once or ``size``."""
    step = size or BLOCK
    return [slice(begin, begin + step) for begin in range(0, length, step)]


def finite(field: str, value: Any) -> float:
    """Return one number that is not NaN and not infinite. Raises CannotAllocate."""
    real_ = isinstance(value, int | float | np.integer | np.floating)
    # Whole numbers of Python know no bound, and NumPy takes those beyond 64 bits for no numbers.
    if not real_ or (isinstance(value, float | np.floating) and not np.isfinite(value)):
        raise CannotAllocate("not_finite", field=field)
    number_: float = value
    return number_


def points(field: str, values: ArrayLike, length: int) -> Floats:
    """Return ``values`` as finite float64[length, 2]. Raises CannotAllocate as `whole` does."""
    given = _array(field, values, length)
    if given.shape != (length, 2):
        raise CannotAllocate("shape", field=field, expected=length)
    if given.dtype.kind not in "iuf":
        raise CannotAllocate("not_finite", field=field, row=0)
    floats: Floats = given.astype(np.float64, copy=False)
    known = np.isfinite(floats)
    _refuse("not_finite", field, ~(known[:, 0] & known[:, 1]))
    return floats


def spans(low: Ints, size: Ints) -> Ints:
    """Return the numbers low … low + size − 1 of each span, one span after the other."""
    before = np.cumsum(size) - size
    rows: Ints = np.arange(int(size.sum())) + np.repeat(low - before, size)
    return rows


def runs(low: Ints, size: Ints) -> slice | Ints:
    """Return `spans`: as a slice, which copies nothing, where they follow each other."""
    if (low[1:] == low[:-1] + size[:-1]).all():
        return slice(int(low[0]), int(low[-1] + size[-1]))
    return spans(low, size)


def picked(values: NDArray[Any], rows: slice | Ints) -> NDArray[Any]:
    """Return some of the values; to take them is quicker than to index them."""
    return values[rows] if isinstance(rows, slice) else values.take(rows)


def distinct(numbers: Ints) -> Ints:
    """Return each number once, in order."""
    ordered = np.sort(numbers)
    new = np.ones(len(ordered), bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]


def in_order(numbers: Ints, most: int) -> Ints:
    """Return a stable order of numbers 0 … ``most`` − 1."""
    # Short numbers are sorted by their digits, in linear time.
    short = numbers.astype(np.uint16) if most <= _SHORT else numbers
    return np.argsort(short, kind="stable")


def _extent(values: NDArray[Any]) -> tuple[Any, Any]:
    """Return the smallest and the largest entry, both from one look at the memory."""
    least, most = np.minimum.reduce, np.maximum.reduce
    ends = [(least(part), most(part)) for part in (values[some] for some in blocks(len(values)))]
    return min(low for low, _ in ends).item(), max(high for _, high in ends).item()


def _flat(field: str, values: ArrayLike, length: int | None) -> NDArray[Any]:
    given = _array(field, values, length)
    if given.ndim != 1 or (length is not None and len(given) != length):
        raise CannotAllocate("shape", field=field, expected=-1 if length is None else length)
    return given


def _array(field: str, values: ArrayLike, length: int | None) -> NDArray[Any]:
    try:
        return np.asarray(values)
    except ValueError as ragged:
        expected = -1 if length is None else length
        raise CannotAllocate("shape", field=field, expected=expected) from ragged


def _stranger(given: NDArray[Any]) -> int | None:
    """Return the first entry that is no number of 64 bits."""
    known = (int, float, np.integer, np.floating)
    entries: list[Any] = given.tolist()
    for row, entry in enumerate(entries):
        strange = isinstance(entry, bool) or not isinstance(entry, known)
        if strange or float(entry) >= 2.0**63 or float(entry) < -(2.0**63):
            return row
    return None


def _finite(field: str, given: NDArray[Any]) -> None:
    _refuse("not_finite", field, ~np.isfinite(given))


def _refuse(code: str, field: str, bad: Mask, **params: float) -> None:
    if bad.any():
        raise CannotAllocate(code, field=field, row=int(bad.argmax()), **params)
