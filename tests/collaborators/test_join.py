"""Invitations and claims: who may join, once, and with which address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ksbb.audit.models import Entry
from ksbb.collaborators.actions.invite import (
    VALID_FOR,
    InvitationRefusedError,
    invite,
    withdraw_invitation,
)
from ksbb.collaborators.actions.join import (
    ClaimRefusedError,
    InvitationEndedError,
    NotInvitedError,
    accept_invitation,
    claim,
)
from ksbb.collaborators.enums import MemberRole, Verification
from ksbb.collaborators.models import Collaborator, Invitation, Membership
from tests.factories.accounts import make_user
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.commitments import DESK, NOON

pytestmark = pytest.mark.django_db

BY: dict[str, Any] = {"actor": DESK, "now": NOON}
GUEST = "tamu@example.org"


def invited(collaborator: Collaborator | None = None, email: str = GUEST) -> str:
    """Return the secret of a new invitation."""
    collaborator = collaborator or make_collaborator()
    role = MemberRole.MEMBER
    return invite(collaborator_id=collaborator.pk, email=email, role=role, **BY)


def test_the_invited_joins_with_the_role_that_was_meant() -> None:
    collaborator = make_collaborator()
    owner = MemberRole.OWNER
    token = invite(collaborator_id=collaborator.pk, email=" Tamu@example.org", role=owner, **BY)

    accept_invitation(token=token, user=make_user(GUEST), **BY)

    joined = Membership.objects.get()
    assert (joined.collaborator, joined.user.email, joined.role) == (collaborator, GUEST, owner)


def test_the_table_holds_no_secret() -> None:
    token = invited()

    assert token not in str(Invitation.objects.values().get())


def test_a_link_works_once() -> None:
    token, user = invited(), make_user(GUEST)
    accept_invitation(token=token, user=user, **BY)
    Membership.objects.all().delete()

    with pytest.raises(InvitationEndedError):
        accept_invitation(token=token, user=user, **BY)


def test_a_link_is_for_its_own_address() -> None:
    token = invited()

    with pytest.raises(NotInvitedError):
        accept_invitation(token=token, user=make_user("lain@example.org"), **BY)

    assert Membership.objects.count() == 0


def test_after_seven_days_a_link_is_over() -> None:
    token, user = invited(), make_user(GUEST)

    with pytest.raises(InvitationEndedError):
        accept_invitation(token=token, user=user, actor=DESK, now=NOON + VALID_FOR)

    accept_invitation(token=token, user=user, actor=DESK, now=NOON + VALID_FOR - timedelta(1))


def test_a_withdrawn_link_is_over() -> None:
    token = invited()
    withdraw_invitation(invitation_id=Invitation.objects.get().pk, **BY)

    with pytest.raises(InvitationEndedError):
        accept_invitation(token=token, user=make_user(GUEST), **BY)


@pytest.mark.parametrize("token", ["", "x", "🙂", "a" * 10_000, "\ud800"])
def test_what_is_no_link_opens_nothing(token: str) -> None:
    with pytest.raises(InvitationEndedError):
        accept_invitation(token=token, user=make_user(GUEST), **BY)


def test_a_new_invitation_ends_the_older_one() -> None:
    collaborator = make_collaborator()
    older, newer, user = invited(collaborator), invited(collaborator), make_user(GUEST)

    with pytest.raises(InvitationEndedError):
        accept_invitation(token=older, user=user, **BY)

    assert accept_invitation(token=newer, user=user, **BY).user == user


def test_a_member_is_not_invited_again() -> None:
    membership = make_membership()

    with pytest.raises(InvitationRefusedError):
        invited(membership.collaborator, membership.user.email.upper())


def test_the_audit_names_no_address() -> None:
    token = invited()
    accept_invitation(token=token, user=make_user(GUEST), **BY)

    entries = list(Entry.objects.order_by("pk"))
    assert [one.action for one in entries] == [
        "collaborators.invite",
        "collaborators.accept_invitation",
    ]
    assert GUEST not in str([(one.changes, one.reason) for one in entries])


def test_the_reader_of_the_contacts_address_becomes_the_owner() -> None:
    collaborator, user = make_collaborator(), make_user()

    claim(
        collaborator_id=collaborator.pk,
        proven_emails=frozenset({"kontak@example.org"}),
        user=user,
        **BY,
    )

    assert Membership.objects.get().role == MemberRole.OWNER
    assert Entry.objects.get().action == "collaborators.claim"


def test_another_address_claims_nothing() -> None:
    collaborator = make_collaborator()

    with pytest.raises(ClaimRefusedError):
        claim(
            collaborator_id=collaborator.pk,
            proven_emails=frozenset({GUEST}),
            user=make_user(),
            **BY,
        )


def test_a_contact_without_an_address_is_claimed_by_nobody() -> None:
    collaborator = make_collaborator()
    collaborator.contact.email, collaborator.contact.phone = "", "0812"
    collaborator.contact.save()

    with pytest.raises(ClaimRefusedError):
        claim(
            collaborator_id=collaborator.pk, proven_emails=frozenset({""}), user=make_user(), **BY
        )


def test_a_collaborator_with_members_is_not_claimed_past_them() -> None:
    collaborator = make_membership().collaborator
    address = collaborator.contact.email

    with pytest.raises(ClaimRefusedError):
        claim(
            collaborator_id=collaborator.pk,
            proven_emails=frozenset({address}),
            user=make_user(),
            **BY,
        )

    assert Membership.objects.count() == 1


def test_a_refused_collaborator_is_not_claimed() -> None:
    collaborator = make_collaborator(verification=Verification.REFUSED)
    address = collaborator.contact.email

    with pytest.raises(ClaimRefusedError):
        claim(
            collaborator_id=collaborator.pk,
            proven_emails=frozenset({address}),
            user=make_user(),
            **BY,
        )


def test_a_claim_sent_twice_acts_once() -> None:
    collaborator, user = make_collaborator(), make_user()
    for _ in range(2):
        claim(
            collaborator_id=collaborator.pk,
            proven_emails=frozenset({"kontak@example.org"}),
            user=user,
            **BY,
        )

    assert (Membership.objects.count(), Entry.objects.count()) == (1, 1)
