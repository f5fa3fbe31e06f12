"""The last line of defence: what looks like an identity number is not written down."""

from __future__ import annotations

import re
from typing import Any, Final

# NIK and No. KK have sixteen digits, however they are spaced; a spreadsheet may add ".0".
_NUMBER: Final = re.compile(r"(?<!\d)(?:\d[ .\-]?){15}\d(?:\.0)?(?!\d)")
BLOT: Final = "…"


def blot(text: str) -> str:
    """Return the text without identity numbers."""
    return _NUMBER.sub(BLOT, text)


def blot_all(value: Any) -> Any:
    """Return text, lists and dictionaries of it without identity numbers."""
    if isinstance(value, str):
        return blot(value)
    if isinstance(value, dict):
        return {blot_all(key): blot_all(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [blot_all(one) for one in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return blot(f"{value:.0f}") if abs(value) >= 10**15 else value
    return value
