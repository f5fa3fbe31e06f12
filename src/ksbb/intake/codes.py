"""Region codes as spreadsheets leave them: without dots, as floats, with zeros lost, of BPS.

A code of the Ministry of Home Affairs is `31.75.07.1001` (2, 2, 2 and 4 digits). BPS numbers
kecamatan and villages with three digits each, and cities in another order: `3172050004`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from enum import Enum
from itertools import combinations, product
from typing import Final, NamedTuple

from ksbb.intake.words import Cell, plain

_SEPARATORS: Final = re.compile(r"[\s./,\-_'’`]+")
_SCIENTIFIC: Final = re.compile(r"(\d)(?:[.,](\d+))?e\+?(\d{1,2})", re.IGNORECASE)
_TRAILING_ZERO: Final = re.compile(r"(?<=\d{8})[.,]0+$")
_WIDTHS: Final = (2, 2, 2, 4)
_VILLAGE: Final = 10
_WITH_RW: Final = 13
_DISTRICT: Final = 6
_BPS_DISTRICT: Final = 7
_BPS_WIDTHS: Final = (2, 2, 3, 3)
_MOST_LOST: Final = 2


class Kind(Enum):
    """What the cell turned out to hold."""

    NONE = "none"
    """Nothing, or what is no region code and no help."""
    EXACT = "exact"
    MENDED = "mended"
    """One known code fits, and only zeros in a separated part were missing."""
    GUESSED = "guessed"
    """One known code fits when zeros are put back somewhere."""
    SEVERAL = "several"
    BPS = "bps"
    LOST = "lost"
    DISTRICT = "district"
    OUTSIDE = "outside"
    """A whole code of a province that is not known here."""
    UNKNOWN = "unknown"


class Read(NamedTuple):
    """What was made of a code cell."""

    kind: Kind
    code: str = ""
    candidates: tuple[str, ...] = ()
    rw: int | None = None


def read_code(cell: Cell, known: Container[str], provinces: Container[str]) -> Read:
    """Return what a code cell means, given the codes of kelurahan and of provinces (`31`)."""
    text = plain(cell).strip("'’`\" ")
    if not any(map(str.isdigit, text)):
        return Read(Kind.NONE)
    if found := _SCIENTIFIC.fullmatch(text):
        digits = found[1] + (found[2] or "")
        if len(digits) <= int(found[3]):
            return Read(Kind.LOST)
        text = digits
    text = _TRAILING_ZERO.sub("", text)
    parts = [part for part in _SEPARATORS.split(text) if part]
    if not all(part.isdecimal() and part.isascii() for part in parts) or _is_cut(parts):
        return Read(Kind.NONE)
    if len(parts) >= len(_WIDTHS):
        return _separated(parts, known, provinces)
    return _joined("".join(parts), known, provinces)


def _is_cut(parts: list[str]) -> bool:
    """Tell whether this is 31.74.1, which a spreadsheet made of 31.74.10 or of 31.74.01."""
    return len(parts) == 3 and len(parts[2]) == 1  # noqa: PLR2004 - province, city, kecamatan


def dotted(digits: str) -> str:
    """Return ten digits as a code: `3175071001` is `31.75.07.1001`."""
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:10]}"


def _separated(parts: list[str], known: Container[str], provinces: Container[str]) -> Read:
    rw = int(parts[4]) if len(parts) > len(_WIDTHS) and len(parts[4]) <= 3 else None  # noqa: PLR2004
    lengths = tuple(map(len, parts[:4]))
    if lengths == _WIDTHS:
        return _whole("".join(parts[:4]), known, provinces, rw)
    if lengths == _BPS_WIDTHS:
        return Read(Kind.BPS, "".join(parts[:4]), rw=rw)
    ways = product(*map(_padded, parts[:4], _WIDTHS))
    fitting = tuple(sorted({code for way in ways if (code := ".".join(way)) in known}))
    return _of(fitting, Kind.MENDED, rw)


def _padded(part: str, width: int) -> Iterator[str]:
    """Yield the part with its lost zeros before or behind, and inside where it is long."""
    if len(part) >= width:
        yield part
        return
    yield from {*_with_zeros(part, width - len(part))}


def _joined(digits: str, known: Container[str], provinces: Container[str]) -> Read:
    if len(digits) == _VILLAGE:
        return _whole(digits, known, provinces, None)
    if len(digits) == _WITH_RW:
        return _whole(digits[:_VILLAGE], known, provinces, int(digits[_VILLAGE:]))
    if len(digits) == _DISTRICT:
        return Read(Kind.DISTRICT, f"{digits[:2]}.{digits[2:4]}.{digits[4:]}")
    lost = _VILLAGE - len(digits)
    if not 1 <= lost <= _MOST_LOST:
        return Read(Kind.BPS if len(digits) == _BPS_DISTRICT else Kind.UNKNOWN, digits)
    fitting = tuple(
        sorted({code for way in _with_zeros(digits, lost) if (code := dotted(way)) in known})
    )
    return _of(fitting, Kind.GUESSED, None)


def _whole(digits: str, known: Container[str], provinces: Container[str], rw: int | None) -> Read:
    code = dotted(digits)
    if code in known:
        return Read(Kind.EXACT, code, rw=rw)
    if digits[:2] not in provinces:
        return Read(Kind.OUTSIDE, code)
    # The kelurahan of the Ministry begin with 1, desa with 2; BPS has the last 0 of the district.
    return Read(Kind.BPS if digits[6] == "0" else Kind.UNKNOWN, digits, rw=rw)


def _of(fitting: tuple[str, ...], kind: Kind, rw: int | None) -> Read:
    if not fitting:
        return Read(Kind.UNKNOWN)
    if len(fitting) > 1:
        return Read(Kind.SEVERAL, candidates=fitting, rw=rw)
    return Read(kind, fitting[0], rw=rw)


def _with_zeros(digits: str, count: int) -> Iterator[str]:
    """Yield the digits with so many zeros put in anywhere."""
    width = len(digits) + count
    for places in combinations(range(width), count):
        rest = iter(digits)
        yield "".join("0" if at in places else next(rest) for at in range(width))
