from __future__ import annotations

import pytest
from django.test import Client

from ksbb.audit.models import Entry
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.decide import accept
from ksbb.commitments.models import Commitment
from tests.factories.accounts import make_user
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import make_contact, make_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver() -> Collaborator:
    return make_collaborator()


@pytest.fixture
def commitment(giver: Collaborator) -> Commitment:
    need = make_need(100)
    make_contact(need.target)
    return make_commitment({need: 40}, collaborator=giver)


@pytest.fixture
def member(client: Client, giver: Collaborator) -> Client:
    user = make_user()
    make_membership(user=user, collaborator=giver)
    client.force_login(user)
    return client


def looks() -> int:
    return Entry.objects.filter(action="needs.look_at_contact").count()


def test_the_giver_sees_whom_to_call_once_accepted_and_the_look_is_logged(
    member: Client, commitment: Commitment
) -> None:
    accept(commitment_id=commitment.pk, actor=DESK, now=NOON)

    page = member.post(f"/komitmen/{commitment.code}/kontak/")

    contact = commitment.lines.get().need.target.contact
    assert page.status_code == 200
    assert contact.phone in page.content.decode()
    assert looks() == 1


def test_before_acceptance_nobody_sees_it(member: Client, commitment: Commitment) -> None:
    page = member.post(f"/komitmen/{commitment.code}/kontak/")

    assert (page.status_code, looks()) == (403, 0)


def test_a_member_of_another_giver_does_not_see_it(client: Client, commitment: Commitment) -> None:
    accept(commitment_id=commitment.pk, actor=DESK, now=NOON)
    stranger = make_user()
    make_membership(user=stranger, collaborator=make_collaborator())
    client.force_login(stranger)

    page = client.post(f"/komitmen/{commitment.code}/kontak/")

    assert (page.status_code, looks()) == (403, 0)


def test_a_visitor_is_asked_to_log_in(client: Client, commitment: Commitment) -> None:
    accept(commitment_id=commitment.pk, actor=DESK, now=NOON)

    page = client.post(f"/komitmen/{commitment.code}/kontak/")

    assert (page.status_code, looks()) == (302, 0)
    assert page.headers["Location"].startswith("/masuk/")


def test_opening_the_address_leads_to_the_commitment_and_shows_nothing(
    member: Client, commitment: Commitment
) -> None:
    accept(commitment_id=commitment.pk, actor=DESK, now=NOON)

    page = member.get(f"/komitmen/{commitment.code}/kontak/")

    assert (page.status_code, looks()) == (302, 0)


def test_the_public_page_offers_it_to_the_giver_only(
    member: Client, commitment: Commitment
) -> None:
    accept(commitment_id=commitment.pk, actor=DESK, now=NOON)
    address = f"/komitmen/{commitment.code}/"

    assert f"{address}kontak/" in member.get(address).content.decode()
    assert f"{address}kontak/" not in Client().get(address).content.decode()
