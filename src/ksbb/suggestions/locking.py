from __future__ import annotations

from typing import NewType

from ksbb.suggestions.models import Suggestion

LockedSuggestion = NewType("LockedSuggestion", Suggestion)
"""A suggestion whose row this transaction holds: of two who decide the second sees the first."""


def lock_suggestion(suggestion_id: int) -> LockedSuggestion:
    """Lock one suggestion and return its fresh row."""
    row = Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion_id)
    return LockedSuggestion(row)
