"""Kemendagri region codes: ``31``, ``31.74``, ``31.74.05``, ``31.74.05.1002`` and RW ``….004``.

The parts are province, city or regency, district (kecamatan), village (kelurahan from 1, desa
from 2, customary village from 3) and RW. A subtree is a prefix. The statistics office (BPS) uses
codes of the same length with other meanings: its village part begins with 0, so it is recognised
and refused instead of being taken for a neighbour.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from django.utils.translation import gettext_lazy as _

from ksbb.shared.errors import DomainError, quoted

Level = Literal["PROVINCE", "REGENCY", "DISTRICT", "VILLAGE", "RW"]

_LEVELS: Final[dict[int, Level]] = {
    2: "PROVINCE",
    5: "REGENCY",
    8: "DISTRICT",
    13: "VILLAGE",
    17: "RW",
}
LENGTHS: Final[dict[str, int]] = {level: length for length, level in _LEVELS.items()}
"""How many characters a code of each level has, from the top down."""

LAST_RW: Final = 999

_CODE: Final = re.compile(r"[1-9]\d(\.\d\d(\.\d\d(\.[1-9]\d{3}(\.\d{3})?)?)?)?", re.ASCII)
_WIDTHS: Final = (2, 2, 2, 4, 3)
_SEPARATORS: Final = re.compile(r"[\s./-]+")


def is_code(text: str) -> bool:
    """Tell whether ``text`` is a code exactly as it is stored."""
    return _CODE.fullmatch(text) is not None and not text.endswith(".000")


def parse(text: str) -> str:
    """Return the code in its stored form, whatever separates its parts in ``text``.

    Reads ``3174051002``, ``31-74-05-1002`` and an RW without leading zeros. Raises `DomainError`
    with the way to mend it.
    """
    parts = [part for part in _SEPARATORS.split(text) if part]
    if len(parts) == 1:
        parts = _cut(parts[0])
    if len(parts) == len(_WIDTHS) and parts[-1].isdigit():
        parts[-1] = parts[-1].zfill(_WIDTHS[-1])
    code = ".".join(parts)
    if not is_code(code):
        raise _refusal(text, parts)
    return code


def level_of(code: str) -> Level:
    """Return the level of a stored code: PROVINCE, REGENCY, DISTRICT, VILLAGE or RW."""
    return _LEVELS[len(code)]


def parent_of(code: str) -> str | None:
    """Return the code of the region around this one; a province has none."""
    return code.rpartition(".")[0] or None


def ancestors_of(code: str) -> list[str]:
    """Return the codes around this one from the province down, without the code itself."""
    parts = code.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]


def within(code: str, area: str) -> bool:
    """Tell whether ``code`` is ``area`` itself or lies inside it."""
    return code == area or code.startswith(f"{area}.")


def rw_code(village: str, number: int) -> str:
    """Return the code of an RW: ``31.74.05.1002`` and 4 make ``31.74.05.1002.004``."""
    if not (is_code(village) and level_of(village) == "VILLAGE"):
        raise DomainError(_("“{typed}” is not a kelurahan code."), typed=quoted(village))
    if not 1 <= number <= LAST_RW:
        raise DomainError(
            _("RW {number} does not exist: RW numbers run from 1 to 999."), number=number
        )
    return f"{village}.{number:03d}"


def rw_number(code: str) -> int:
    """Return the number inside an RW code."""
    return int(code[LENGTHS["VILLAGE"] + 1 :])


def is_provisional(code: str) -> bool:
    """Tell whether the village part is one of ours (9001–9999): no official code exists yet."""
    return len(code) >= LENGTHS["VILLAGE"] and code[LENGTHS["DISTRICT"] + 1] == "9"


def _cut(digits: str) -> list[str]:
    """Cut an unseparated code into its parts; what is left over is a part of its own."""
    parts = []
    for width in _WIDTHS:
        parts.append(digits[:width])
        digits = digits[width:]
        if not digits:
            return parts
    return [*parts, digits]


def _refusal(text: str, parts: list[str]) -> DomainError:
    typed = quoted(text)
    if len(parts) in {4, 5} and parts[3].startswith("0"):
        return DomainError(
            _(
                "“{typed}” looks like a BPS code. Use the code of the Ministry of Home Affairs, "
                "such as 31.74.05.1002."
            ),
            typed=typed,
        )
    if len(parts) in {2, 3} and parts[-1].isdigit() and len(parts[-1]) == 1:
        return DomainError(
            _(
                "“{typed}” has lost a digit, as happens when a spreadsheet reads 31.74.10 as a "
                "number. Format the code column as text."
            ),
            typed=typed,
        )
    return DomainError(
        _("“{typed}” is not a region code. Codes look like 31, 31.74, 31.74.05 or 31.74.05.1002."),
        typed=typed,
    )
