"""A short name for an input, so that a published result can be checked against it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

VERSION: Final = 1
"""Counts up whenever the same input may give another answer."""

Part = NDArray[Any] | int | float | str | None


def digest(verb: str, **parts: Part) -> str:
    """Return the SHA-256 (64 hex digits) of a call: its verb, all it was given, and VERSION.

    Arrays count by content: whole numbers as little-endian int64 (lots as uint64), others as
    float64.
    """
    total = sha256(f"ksbb.allocation/{VERSION}/{verb}".encode())
    for name in sorted(parts):
        part = parts[name]
        if isinstance(part, np.ndarray):
            plain = _canonical(part)
            total.update(f"\0{name}:{plain.dtype.str}{plain.shape}\0".encode())
            total.update(plain.data)
        else:
            total.update(f"\0{name}={part!r}\0".encode())
    return total.hexdigest()


def _canonical(array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype == np.uint64:
        return np.ascontiguousarray(array, dtype="<u8")
    return np.ascontiguousarray(array, dtype="<f8" if array.dtype.kind == "f" else "<i8")
