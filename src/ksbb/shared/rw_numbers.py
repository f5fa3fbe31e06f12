"""RW numbers as people write them: ``RW 5``, ``rw.005``, ``RW V``, ``RT 003/RW 005``."""

from __future__ import annotations

import re
from typing import Final

from ksbb.shared.codes import LAST_RW

_FLAGS: Final = re.IGNORECASE | re.ASCII
_RW: Final = re.compile(
    r"\b(?:r\.?\s?w|rukun\s+warga)[\s.:-]*(?:(?:no|nomor)[\s.:]+)?(\d{1,4}|[ivx]{1,7})\b", _FLAGS
)
_RT_AND_RW: Final = re.compile(
    r"\br\.?t\.?\s*(?:/\s*r\.?w)?[\s.:-]*\d{1,3}\s*/\s*(\d{1,3})\b", _FLAGS
)
_RT: Final = re.compile(r"\b(?:r\.?\s?t|rukun\s+tetangga)[\s.:-]*\d{1,3}\b", _FLAGS)
_ROMAN: Final = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})", _FLAGS)
_UNITS: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def split_rw(text: str) -> tuple[int | None, str]:
    """Return the RW number in ``text`` and the text without it (and without an RT number).

    ``"RW 05 Duren Sawit"`` gives ``(5, "Duren Sawit")``; without a usable number the first is None
    and the text stays as it is. A mere number is not taken for an RW.
    """
    for pattern in (_RT_AND_RW, _RW):
        for found in pattern.finditer(text):
            number = _value(found[1])
            if number:
                rest = _RT.sub(" ", f"{text[: found.start()]} {text[found.end() :]}")
                return number, " ".join(rest.split()).strip(" ,;/.-")
    return None, text


def _value(written: str) -> int:
    """Return the number, or 0 where the letters are no numeral or no RW can have it."""
    if written.isdigit():
        return int(written) if int(written) <= LAST_RW else 0
    roman = _ROMAN.fullmatch(written.lower())
    return 10 * len(roman[1]) + _UNITS.index(roman[2]) if roman else 0
