from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from ksbb.accounts.rules import is_pokja
from ksbb.rights.rules import is_area_officer, watches

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ksbb.accounts.models import User
    from ksbb.suggestions.models import Suggestion


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def in_own_area(user: User | AnonymousUser, suggestion: Suggestion | None = None) -> bool:
    """Whether it is about the officer's area; without one, whether they have any."""
    return is_area_officer(user) if suggestion is None else watches(user, suggestion.region_id)


rules.add_perm("suggestions.view", is_pokja | in_own_area)
rules.add_perm("suggestions.make", is_pokja | is_area_officer)
rules.add_perm("suggestions.decide", is_pokja)
