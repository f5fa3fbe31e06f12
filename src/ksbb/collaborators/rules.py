"""Who may do what to a collaborator: the working group decides, its own people act for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from ksbb.accounts.rules import is_pokja
from ksbb.collaborators.enums import MemberRole

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ksbb.accounts.models import User
    from ksbb.collaborators.models import Collaborator

rules.add_perm("collaborators.verify", is_pokja)
rules.add_perm("collaborators.view_contact", is_pokja)


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def is_member(user: User | AnonymousUser, collaborator: Collaborator | None = None) -> bool:
    """Whether the user belongs to the collaborator.

    Without a collaborator: whether the question can be asked at all, which takes an account.
    """
    if collaborator is None or not user.is_authenticated:
        return user.is_authenticated
    return collaborator.memberships.filter(user=user.pk).exists()


@rules.predicate  # type: ignore[untyped-decorator]  # as above
def is_owner(user: User | AnonymousUser, collaborator: Collaborator | None = None) -> bool:
    """Whether the user decides who else belongs to the collaborator; asked as `is_member` is."""
    if collaborator is None or not user.is_authenticated:
        return user.is_authenticated
    return collaborator.memberships.filter(user=user.pk, role=MemberRole.OWNER).exists()


rules.add_perm("collaborators.view_own", is_member)
rules.add_perm("collaborators.manage_members", is_owner)
