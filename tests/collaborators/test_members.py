"""Who belongs to a collaborator, and that somebody always decides about it."""

from __future__ import annotations

from typing import Any

import pytest

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.collaborators.actions.members import LastOwnerError, change_role, remove_member
from ksbb.collaborators.enums import MemberRole
from ksbb.collaborators.models import Membership
from ksbb.collaborators.rules import is_member, is_owner
from tests.factories.accounts import make_user
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.commitments import DESK, NOON

pytestmark = pytest.mark.django_db

BY: dict[str, Any] = {"actor": DESK, "now": NOON}


def named(membership: Membership) -> dict[str, Any]:
    return {"collaborator_id": membership.collaborator_id, "user_id": membership.user_id}


def test_the_last_owner_neither_leaves_nor_becomes_a_member() -> None:
    owner = make_membership(role=MemberRole.OWNER)
    make_membership(collaborator=owner.collaborator)

    with pytest.raises(LastOwnerError):
        remove_member(**named(owner), **BY)
    with pytest.raises(LastOwnerError):
        change_role(**named(owner), role=MemberRole.MEMBER, **BY)

    assert Membership.objects.filter(role=MemberRole.OWNER).count() == 1


def test_with_another_owner_the_first_one_leaves() -> None:
    owner = make_membership(role=MemberRole.OWNER)
    other = make_membership(collaborator=owner.collaborator, role=MemberRole.OWNER)

    remove_member(**named(owner), **BY)

    assert list(Membership.objects.all()) == [other]


def test_a_member_becomes_an_owner_and_is_written_down() -> None:
    member = make_membership()

    change_role(**named(member), role=MemberRole.OWNER, **BY)

    entry = Entry.objects.get()
    assert is_owner(member.user, member.collaborator)
    assert (entry.action, entry.changes) == (
        "collaborators.change_role",
        {"member": member.user_id, "role": ["MEMBER", "OWNER"]},
    )


def test_what_is_so_already_is_not_written_down_again() -> None:
    member = make_membership()

    change_role(**named(member), role=MemberRole.MEMBER, **BY)
    for _ in range(2):
        remove_member(**named(member), **BY)

    assert [entry.action for entry in Entry.objects.all()] == ["collaborators.remove_member"]


def test_leaving_is_told_apart_from_being_removed() -> None:
    member = make_membership()

    actor = Actor(user=member.user, channel=Channel.WEB)
    remove_member(**named(member), actor=actor, now=NOON)

    assert Entry.objects.get().action == "collaborators.leave"


def test_belonging_is_asked_of_one_collaborator() -> None:
    member, stranger, other = make_membership(), make_user(), make_collaborator()

    assert is_member(member.user, member.collaborator)
    assert not is_owner(member.user, member.collaborator)
    assert not is_member(member.user, other)
    assert not is_member(stranger, member.collaborator)
