"""Whatever is typed into the forms of accounts and organisations: words, and nothing written."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.utils.html import escape

from ksbb.collaborators.enums import MemberRole
from ksbb.collaborators.models import Membership
from tests.doors.conftest import SCRIPT, World
from tests.doors.rows import rows
from tests.doors.test_typed import HOSTILE
from tests.factories.accounts import make_user
from tests.factories.collaborators import make_collaborator, make_membership

pytestmark = pytest.mark.django_db

OPEN_FORMS = [
    ("/akun/surel/", ["surel", "next"]),
    ("/akun/kode/", ["kode"]),
    ("/akun/kunci/masuk/", ["credential"]),
    ("/komitmen/{code}/klaim/", ["surel"]),
]
OWN_FORMS = [
    ("undang/", ["surel", "peran"]),
    ("anggota/{self}/", ["peran", "keluar"]),
    ("undangan/0/batal/", ["apa"]),
]
OWN_PAGES = ["", "undang/", "anggota/{self}/"]


@pytest.fixture
def owner() -> Membership:
    return make_membership(
        user=make_user("siti@example.org"),
        collaborator=make_collaborator(SCRIPT),
        role=MemberRole.OWNER,
    )


@pytest.fixture
def client_of(owner: Membership) -> Client:
    client = Client()
    client.force_login(owner.user)
    return client


def address(owner: Membership, page: str) -> str:
    page = page.replace("{self}", str(owner.user_id))
    return f"/en/saya/organisasi/{owner.collaborator.slug}/{page}"


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed)[:20])
@pytest.mark.parametrize(("pattern", "fields"), OPEN_FORMS)
def test_a_visitor_writes_nothing(
    pattern: str, fields: list[str], typed: str, world: World, client: Client
) -> None:
    client.post("/akun/surel/", {"surel": "siti@example.org"})
    before = rows()

    answer = client.post(world.address(pattern), dict.fromkeys(fields, typed))

    assert answer.status_code in {302, 400}
    assert rows() == before


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed)[:20])
@pytest.mark.parametrize(("page", "fields"), OWN_FORMS)
def test_an_owner_writes_nothing_by_accident(
    page: str, fields: list[str], typed: str, owner: Membership, client_of: Client
) -> None:
    before = rows()

    answer = client_of.post(address(owner, page), dict.fromkeys(fields, typed))

    assert answer.status_code in {404, 409, 422}
    assert (rows(), mail.outbox) == (before, [])


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed)[:20])
def test_what_is_no_invitation_is_said(typed: str, world: World, client: Client) -> None:
    answer = client.get(f"/undangan/{typed or 'x'}/")

    assert answer.status_code in {400, 404, 410}
    assert world.names


@pytest.mark.parametrize("page", OWN_PAGES)
def test_a_name_with_a_script_is_shown_and_never_run(
    page: str, world: World, owner: Membership, client_of: Client
) -> None:
    shown = client_of.get(address(owner, page)).content.decode()

    assert SCRIPT not in shown
    assert escape(SCRIPT) in shown
    assert world.names
