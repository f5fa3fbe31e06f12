"""Texts of the data in both languages."""

from __future__ import annotations

from ksbb.api.schemas import Text


def text(indonesian: str, english: str) -> Text:
    """Return both; where one is missing the other stands for it, as on the pages."""
    return Text(id=indonesian or english, en=english or indonesian)
