"""Who a user is. What each role may do stands beside the thing it is done to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from ksbb.accounts.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ksbb.accounts.models import User

STAFF_ROLES = frozenset({Role.POKJA, Role.ADMIN})


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def is_pokja(user: User | AnonymousUser) -> bool:
    """Whether the user decides for the working group (an administrator may as well)."""
    return user.is_active and getattr(user, "role", Role.NONE) in STAFF_ROLES
