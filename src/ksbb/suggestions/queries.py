from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.rights.queries import in_watched_areas
from ksbb.suggestions.enums import State
from ksbb.suggestions.models import Suggestion

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ksbb.accounts.models import User


def open_suggestions() -> QuerySet[Suggestion]:
    """Return what waits for the working group, the longest waiting first."""
    found = Suggestion.objects.filter(state=State.OPEN)
    return found.select_related("region", "target", "made_by").order_by("made_at", "pk")


def suggestions_for(user: User) -> QuerySet[Suggestion]:
    """Return what a reader may see: all of it, or what lies in an officer's areas."""
    found = Suggestion.objects.filter(in_watched_areas("region", user))
    return found.select_related("region", "target", "made_by").order_by("-pk")


def find_by_code(code: str) -> Suggestion | None:
    """Return a suggestion by its public code, or None."""
    return Suggestion.objects.filter(code=code).select_related("region").first()
