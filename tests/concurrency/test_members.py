"""Two owners who leave at the same time: one of them stays, so that somebody decides."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from ksbb.collaborators.actions import members as actions
from ksbb.collaborators.actions.invite import invite
from ksbb.collaborators.actions.join import InvitationEndedError, accept_invitation
from ksbb.collaborators.actions.members import remove_member
from ksbb.collaborators.enums import MemberRole
from ksbb.collaborators.locking import LockedCollaborator
from ksbb.collaborators.models import Collaborator, Membership
from tests.concurrency.writers import GATE, at_once, behind, wait_at_the_gate
from tests.factories.accounts import make_user
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.commitments import DESK, NOON

pytestmark = pytest.mark.django_db(transaction=True)


def two_owners() -> list[Callable[[], None]]:
    """Return how each of two owners leaves."""
    collaborator = make_collaborator()
    owners = [make_membership(collaborator=collaborator, role=MemberRole.OWNER) for _ in range(2)]
    keys = [{"collaborator_id": one.collaborator_id, "user_id": one.user_id} for one in owners]
    return [partial(remove_member, **key, actor=DESK, now=NOON) for key in keys]


def test_of_two_owners_who_leave_at_once_one_stays() -> None:
    outcomes = at_once(two_owners())

    assert sorted(type(one).__name__ for one in outcomes) == ["LastOwnerError", "NoneType"]
    assert Membership.objects.count() == 1


@pytest.mark.postgresql
def test_without_the_lock_both_would_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(collaborator_id: int) -> LockedCollaborator:
        row = Collaborator.objects.get(pk=collaborator_id)
        return LockedCollaborator(row)

    def keep(collaborator: LockedCollaborator, going: Membership) -> None:
        check(collaborator, going)
        wait_at_the_gate()

    check = actions._keep_an_owner  # noqa: SLF001 - the moment between judging and writing
    monkeypatch.setattr(actions, "lock_collaborator", read_only)
    monkeypatch.setattr(actions, "_keep_an_owner", keep)

    assert behind(GATE, *two_owners()) == [None, None]
    assert Membership.objects.count() == 0


def test_a_link_pressed_twice_at_once_works_once() -> None:
    collaborator, guest = make_collaborator(), make_user("tamu@example.org")
    role = MemberRole.MEMBER
    token = invite(
        collaborator_id=collaborator.pk, email=guest.email, role=role, actor=DESK, now=NOON
    )
    press = partial(accept_invitation, token=token, user=guest, actor=DESK, now=NOON)

    outcomes = at_once([press, press])

    assert [isinstance(one, InvitationEndedError) for one in outcomes].count(True) == 1
    assert Membership.objects.count() == 1
