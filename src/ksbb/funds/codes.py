"""The code under which everybody finds a gift."""

from __future__ import annotations

from typing import Final

from django.utils.crypto import get_random_string

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code() -> str:
    """Return a code nobody can guess, such as `D7F3-9Q2MX`."""
    letters = get_random_string(9, LETTERS)
    return f"{letters[:4]}-{letters[4:]}"


def spelled(code: str) -> str:
    """Return a code as it is kept, whatever stands between its letters."""
    letters = "".join(filter(str.isalnum, code.upper()))
    return f"{letters[:4]}-{letters[4:]}"
