from __future__ import annotations

import rules

from ksbb.accounts.rules import is_admin, is_pokja
from ksbb.rights.rules import is_area_officer

rules.add_perm("programmes.view_desk", is_pokja | is_area_officer)
rules.add_perm("programmes.view_setup", is_pokja)
rules.add_perm("programmes.manage", is_admin)


def in_language(language: str | None, indonesian: str, english: str) -> str:
    """Choose between the two texts of a row; Indonesian where no language is active."""
    return english if language and language.startswith("en") else indonesian


def needed_quantity(*, count: int, multiplier: int, divisor: int, days: int) -> int:
    """Return count × multiplier × days ÷ divisor, rounded up to a whole unit.

    One KK counts as four persons in KSBB, so a meal for each of 300 families over seven days is
    300 × 4 × 7 = 8,400, and a weekly package for 10 residents is ⌈10 ÷ 4⌉ = 3.
    """
    return -(-count * multiplier * days // divisor)
