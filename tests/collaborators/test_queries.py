from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from ksbb.collaborators.enums import Verification
from ksbb.collaborators.queries import awaiting_verification, collaborators_of
from tests.factories.accounts import make_user
from tests.factories.collaborators import REGISTERED, make_collaborator, make_membership

pytestmark = pytest.mark.django_db


def test_a_person_acts_for_the_collaborators_they_are_a_member_of() -> None:
    membership = make_membership()
    make_membership()

    assert list(collaborators_of(membership.user)) == [membership.collaborator]


def test_nobody_acts_for_a_refused_collaborator() -> None:
    refused = make_collaborator(verification=Verification.REFUSED)
    membership = make_membership(collaborator=refused)

    assert list(collaborators_of(membership.user)) == []


def test_a_visitor_and_a_person_without_membership_act_for_nobody() -> None:
    make_membership()

    assert list(collaborators_of(AnonymousUser())) == []
    assert list(collaborators_of(make_user())) == []


def test_who_waits_longest_is_looked_at_first() -> None:
    young = make_collaborator(
        verification=Verification.PENDING, created_at=REGISTERED + timedelta(hours=1)
    )
    old = make_collaborator(verification=Verification.PENDING)
    make_collaborator()

    assert list(awaiting_verification()) == [old, young]
