"""The pages of an organisation: for its own people, some of them for its owners alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from ksbb.accounts.models import User
from ksbb.collaborators.enums import MemberRole
from ksbb.collaborators.models import Collaborator, Invitation, Membership
from tests.factories.accounts import make_pokja, make_user
from tests.factories.collaborators import make_collaborator, make_membership
from tests.portal.giving import text_of

GUEST = "tamu@example.org"
OWNER = MemberRole.OWNER


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def organisation() -> Collaborator:
    return make_collaborator("PT Contoh Jaya")


@pytest.fixture
def owner(organisation: Collaborator) -> Client:
    return logged_in(make_membership(collaborator=organisation, role=OWNER).user)


@pytest.fixture
def member(organisation: Collaborator) -> Membership:
    return make_membership(collaborator=organisation)


def page_of(organisation: Collaborator, more: str = "") -> str:
    return f"/en/saya/organisasi/{organisation.slug}/{more}"


def invite(
    owner: Client, organisation: Collaborator, email: str = GUEST, role: str = "MEMBER"
) -> Any:
    return owner.post(page_of(organisation, "undang/"), {"surel": email, "peran": role})


def link() -> str:
    """Return the path of the link in the newest letter."""
    found = re.search(r"http://testserver(\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def test_a_member_sees_who_else_belongs_to_it_and_no_invitations(
    organisation: Collaborator, owner: Client, member: Membership
) -> None:
    invite(owner, organisation)

    page = text_of(logged_in(member.user).get(page_of(organisation)))

    assert member.user.email in page
    assert GUEST not in page


@pytest.mark.parametrize("who", ["neighbour", "officer", "nobody's"])
def test_a_stranger_is_not_told_that_it_is_there(organisation: Collaborator, who: str) -> None:
    users = {
        "neighbour": lambda: make_membership(role=OWNER).user,
        "officer": make_pokja,
        "nobody's": make_user,
    }
    stranger = logged_in(users[who]())
    member = make_membership(collaborator=organisation)

    pages = ("", "undang/", f"anggota/{member.user_id}/")
    asked = [stranger.get(page_of(organisation, page)).status_code for page in pages]
    sent = [
        stranger.post(
            page_of(organisation, page), {"keluar": "1", "surel": GUEST, "peran": "OWNER"}
        )
        for page in pages[1:]
    ]

    assert asked == [404, 404, 404]
    assert [one.status_code for one in sent] == [404, 404]
    assert (Membership.objects.filter(pk=member.pk).count(), mail.outbox) == (1, [])


def test_a_visitor_is_sent_to_the_login(organisation: Collaborator, client: Client) -> None:
    path = page_of(organisation)

    assert client.get(path).headers["Location"] == f"/en/masuk/?next={path}"


def test_a_member_decides_about_nobody_else(
    organisation: Collaborator, owner: Client, member: Membership
) -> None:
    invite(owner, organisation)
    other = make_membership(collaborator=organisation)
    client = logged_in(member.user)
    pending = Invitation.objects.get().pk

    answers = [
        invite(client, organisation, "lain@example.org"),
        client.post(page_of(organisation, f"undangan/{pending}/batal/")),
        client.post(page_of(organisation, f"anggota/{other.user_id}/"), {"keluar": "1"}),
        client.post(page_of(organisation, f"anggota/{other.user_id}/"), {"peran": "OWNER"}),
    ]

    assert [one.status_code for one in answers] == [403, 403, 403, 403]
    assert Membership.objects.filter(pk=other.pk, role=MemberRole.MEMBER).exists()


def test_a_member_does_not_make_themselves_an_owner(
    organisation: Collaborator, member: Membership
) -> None:
    client = logged_in(member.user)

    client.post(page_of(organisation, f"anggota/{member.user_id}/"), {"peran": "OWNER"})

    member.refresh_from_db()
    assert member.role == MemberRole.MEMBER


def test_a_member_leaves(organisation: Collaborator, member: Membership) -> None:
    make_membership(collaborator=organisation, role=OWNER)
    client = logged_in(member.user)

    answer = client.post(page_of(organisation, f"anggota/{member.user_id}/"), {"keluar": "1"})

    assert answer.headers["Location"] == "/en/akun/"
    assert client.get(page_of(organisation)).status_code == 404


def test_the_last_owner_is_told_why_they_cannot_leave(
    organisation: Collaborator, owner: Client
) -> None:
    own = Membership.objects.get().user_id

    answer = owner.post(page_of(organisation, f"anggota/{own}/"), {"keluar": "1"})

    assert answer.status_code == 409
    assert "The last owner cannot leave or become a member." in text_of(answer)


def test_an_owner_removes_a_member_who_then_sees_nothing(
    organisation: Collaborator, owner: Client, member: Membership
) -> None:
    owner.post(page_of(organisation, f"anggota/{member.user_id}/"), {"keluar": "1"})

    assert logged_in(member.user).get(page_of(organisation)).status_code == 404


def test_an_owner_names_only_members_of_the_own_organisation(
    organisation: Collaborator, owner: Client
) -> None:
    neighbour = make_membership()

    answer = owner.post(page_of(organisation, f"anggota/{neighbour.user_id}/"), {"keluar": "1"})

    assert answer.status_code == 404
    assert Membership.objects.filter(pk=neighbour.pk).exists()


def test_a_number_no_person_can_have_is_nobody(organisation: Collaborator, owner: Client) -> None:
    assert owner.get(page_of(organisation, f"anggota/{10**30}/")).status_code == 404


def test_an_invitation_of_another_organisation_is_not_withdrawn(
    organisation: Collaborator, owner: Client
) -> None:
    neighbour = make_membership(role=OWNER)
    invite(logged_in(neighbour.user), neighbour.collaborator)
    key = Invitation.objects.get().pk

    assert owner.post(page_of(organisation, f"undangan/{key}/batal/")).status_code == 404
    assert Client().get(link()).status_code == 200


def test_the_invited_logs_in_by_the_code_and_joins(
    organisation: Collaborator, owner: Client, client: Client
) -> None:
    invite(owner, organisation)
    address = link()
    client.post(address)
    client.post("/en/akun/kode/", {"kode": str(mail.outbox[-1].subject)[:6]})

    joined = client.post(address)

    assert joined.headers["Location"] == page_of(organisation)
    assert text_of(client.get(page_of(organisation))).count(GUEST) > 0


def test_a_link_is_used_once_and_says_so_afterwards(
    organisation: Collaborator, owner: Client
) -> None:
    invite(owner, organisation)
    address = link()
    guest = logged_in(make_user(GUEST))
    guest.post(address)

    again = guest.get(address)

    assert again.status_code == 410
    assert "This invitation was used, withdrawn, or is over." in text_of(again)


def test_somebody_else_with_the_link_does_not_join(
    organisation: Collaborator, owner: Client
) -> None:
    invite(owner, organisation)
    stranger = logged_in(make_user())

    assert stranger.get(link()).status_code == 403
    assert stranger.post(link()).status_code == 409
    assert Membership.objects.count() == 1


def test_an_invitation_is_over_after_seven_days(
    organisation: Collaborator, owner: Client, settings: Settings
) -> None:
    invite(owner, organisation)
    settings.KSBB_CLOCK = "2020-05-08T12:00:00+07:00"

    assert Client().get(link()).status_code == 410


def test_a_withdrawn_invitation_is_over(organisation: Collaborator, owner: Client) -> None:
    invite(owner, organisation)
    owner.post(page_of(organisation, f"undangan/{Invitation.objects.get().pk}/batal/"))

    assert Client().get(link()).status_code == 410


@pytest.mark.parametrize(
    ("email", "role"),
    [("", "MEMBER"), ("bukan", "MEMBER"), (GUEST, ""), (GUEST, "BOSS"), ("a" * 300, "MEMBER")],
)
def test_an_invitation_that_cannot_be_read_is_asked_for_again(
    organisation: Collaborator, owner: Client, email: str, role: str
) -> None:
    assert invite(owner, organisation, email, role).status_code == 422
    assert mail.outbox == []


def test_inviting_has_a_limit_for_one_day(organisation: Collaborator, owner: Client) -> None:
    statuses = {invite(owner, organisation, f"tamu{n}@example.org").status_code for n in range(30)}

    assert statuses == {302}
    assert invite(owner, organisation).status_code == 429


@pytest.mark.parametrize("page", ["undang/", "anggota/{key}/"])
def test_no_other_site_acts_for_an_owner(
    organisation: Collaborator, owner: Client, member: Membership, page: str
) -> None:
    owner.handler.enforce_csrf_checks = True
    typed = {"keluar": "1", "surel": GUEST, "peran": "OWNER"}

    answer = owner.post(page_of(organisation, page.format(key=member.user_id)), typed)

    assert answer.status_code == 403
    assert (Membership.objects.count(), mail.outbox) == (2, [])
