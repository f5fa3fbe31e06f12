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


@rules.predicate  # type: ignore[untyped-decorator]  # as above
def has_account(user: User | AnonymousUser) -> bool:
    """Whether somebody is logged in; each page shows only what is their own."""
    return user.is_authenticated and user.is_active


rules.add_perm("accounts.keep_own", has_account)


def enters_by_code(user: User) -> bool:
    """Whether a code by e-mail is enough: not for those who decide for the city."""
    return user.is_active and not (user.role or user.is_staff or user.is_superuser)
