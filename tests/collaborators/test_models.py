from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator, CollaboratorContact
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.commitments import make_commitment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("is_anonymous", "verification", "shown"),
    [
        (False, Verification.VERIFIED, "PT Contoh"),
        (False, Verification.PENDING, "Awaiting verification"),
        (False, Verification.REFUSED, "Awaiting verification"),
        (True, Verification.VERIFIED, "Anonymous donor"),
        (True, Verification.PENDING, "Anonymous donor"),
    ],
)
def test_the_public_reads_a_name_only_when_it_is_checked_and_not_hidden(
    is_anonymous: object, verification: Verification, shown: str
) -> None:
    collaborator = Collaborator(
        name="PT Contoh", is_anonymous=bool(is_anonymous), verification=verification
    )

    with translation.override("en"):
        assert collaborator.public_name == shown


def test_a_collaborator_gives_or_gathers() -> None:
    with pytest.raises(IntegrityError, match="collaborator_gives"), transaction.atomic():
        make_collaborator(is_donor=False, is_aggregator=False)


def test_a_contact_can_be_reached_somehow() -> None:
    make_collaborator()

    with pytest.raises(IntegrityError, match="can_be_reached"), transaction.atomic():
        CollaboratorContact.objects.update(email="", phone="")


def test_a_person_is_a_member_of_a_collaborator_once() -> None:
    membership = make_membership()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_membership(user=membership.user, collaborator=membership.collaborator)


def test_who_has_promised_cannot_be_deleted_but_the_contact_can_be_erased() -> None:
    collaborator = make_commitment().collaborator

    collaborator.contact.delete()

    with pytest.raises(ProtectedError):
        collaborator.delete()
    assert list(CollaboratorContact.objects.all()) == []
