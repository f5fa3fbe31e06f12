"""Who a user is. What each role may do stands beside the thing it is done to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import rules

from ksbb.accounts.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ksbb.accounts.models import User

STAFF_ROLES = frozenset({Role.POKJA, Role.ADMIN})

WITHOUT_SECOND_FACTOR: Final = frozenset({"accounts.show_factor", "accounts.add_factor"})
"""All that an account may do while its second factor is still to be shown."""


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def is_pokja(user: User | AnonymousUser) -> bool:
    """Whether the user decides for the working group (an administrator may as well)."""
    return has_shown_enough(user) and getattr(user, "role", Role.NONE) in STAFF_ROLES


@rules.predicate  # type: ignore[untyped-decorator]  # as above
def is_admin(user: User | AnonymousUser) -> bool:
    """Whether the user decides who else may decide."""
    return has_shown_enough(user) and getattr(user, "role", Role.NONE) == Role.ADMIN


@rules.predicate  # type: ignore[untyped-decorator]  # as above
def has_account(user: User | AnonymousUser) -> bool:
    """Whether somebody is logged in; each page shows only what is their own."""
    return user.is_authenticated and has_shown_enough(user)


@rules.predicate  # type: ignore[untyped-decorator]  # as above
def has_begun(user: User | AnonymousUser) -> bool:
    """Whether somebody is logged in, with one factor at least."""
    return user.is_authenticated and user.is_active


@rules.predicate  # type: ignore[untyped-decorator]  # as above
def may_add_factor(user: User | AnonymousUser) -> bool:
    """Whether the user may tie a new factor: never while one they have is still to be shown."""
    awaited = getattr(user, "awaits_second_factor", False)
    return has_begun(user) and not (awaited and getattr(user, "has_second_factor", False))


rules.add_perm("accounts.keep_own", has_account)
rules.add_perm("accounts.show_factor", has_begun)
rules.add_perm("accounts.add_factor", may_add_factor)
rules.add_perm("accounts.manage", is_admin)


def has_shown_enough(user: User | AnonymousUser) -> bool:
    """Whether the account is open and nothing more is to be shown before it acts."""
    return user.is_active and not getattr(user, "awaits_second_factor", False)


def holds_office(user: User) -> bool:
    """Whether the user decides for the city, in whatever way; such an account needs two factors."""
    return bool(user.role or user.is_staff or user.is_superuser)


def enters_by_code(user: User) -> bool:
    """Whether a code by e-mail may open the account.

    An officer's only where a second factor has to follow: a mailbox alone decides nothing.
    """
    return user.is_active and (not holds_office(user) or user.has_second_factor)
