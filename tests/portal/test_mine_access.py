"""Who may open which address below /saya/, and about which commitment."""

from __future__ import annotations

import pytest
from django.test import Client

from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.models import Commitment
from tests.doors.rows import rows
from tests.factories.accounts import make_admin, make_pokja, make_user
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import line_of, make_commitment
from tests.factories.deliveries import bring, plan_it
from tests.factories.needs import make_contact, make_need
from tests.portal.member import Member, words

PAGES = [
    "komitmen/{code}/",
    "komitmen/{code}/jadwal/",
    "komitmen/{code}/batal/",
    "komitmen/{code}/lepas/",
    "komitmen/{code}/tambah/{line}/",
    "komitmen/{code}/pindah/{line}/",
    "penyaluran/{delivery}/",
    "penyaluran/{delivery}/berita-acara/",
]
FILES = ["komitmen/{code}/kalender.ics", "penyaluran/{planned}/kalender.ics"]
FORMS = [
    "penyaluran/{planned}/serah-terima/",
    "penyaluran/{planned}/hari/",
    "penyaluran/{delivery}/tautan/",
]
EVERYTHING = PAGES + FILES + FORMS

Facts = dict[str, object]


@pytest.fixture
def giver() -> Collaborator:
    return make_collaborator("PT Contoh")


@pytest.fixture
def commitment(giver: Collaborator) -> Commitment:
    """Return a commitment of which 10 of 40 were handed over."""
    need = make_need(100)
    make_contact(need.target)
    return plan_it(make_commitment({need: 40}, collaborator=giver))


@pytest.fixture
def facts(commitment: Commitment) -> Facts:
    line = line_of(commitment)
    delivery = bring(commitment, {line.need: 10})
    planned = commitment.deliveries.exclude(pk=delivery.pk).get()
    return {
        "code": commitment.code,
        "line": line.pk,
        "delivery": delivery.pk,
        "planned": planned.pk,
    }


def filled(addresses: list[str], facts: Facts) -> list[str]:
    """Return the addresses with their names filled in."""
    return [address.format(**facts) for address in addresses]


def test_a_visitor_is_sent_to_the_login_and_comes_back(facts: Facts) -> None:
    paths = [f"/saya/{address}" for address in filled(["", *EVERYTHING], facts)]

    answers = {path: Client().get(path) for path in paths}

    assert {path: (one.status_code, one.headers["Location"]) for path, one in answers.items()} == {
        path: (302, f"/masuk/?next={path}") for path in paths
    }
    assert {path: Client().post(path).status_code for path in paths} == dict.fromkeys(paths, 302)


def test_every_member_of_the_giver_opens_everything(facts: Facts, giver: Collaborator) -> None:
    paths = filled(PAGES + FILES, facts)

    for member in (Member(giver), Member(make_collaborator(), giver)):
        assert {path: member.open(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_the_address_of_a_form_leads_to_its_page(facts: Facts, giver: Collaborator) -> None:
    member = Member(giver)

    for path in filled(FORMS, facts):
        answer = member.open(path)

        assert answer.status_code == 302, path
        assert answer.headers["Location"].startswith("/en/saya/penyaluran/"), path


def test_whoever_does_not_act_for_the_giver_finds_nothing_and_changes_nothing(
    facts: Facts,
) -> None:
    paths = filled(EVERYTHING, facts)
    neighbour = Member(make_collaborator("PT Tetangga"))
    stranger = Member()
    for user in (make_pokja(), make_admin(), make_user()):
        stranger.client.force_login(user)
        assert {path: stranger.open(path).status_code for path in paths} == dict.fromkeys(
            paths, 404
        )
    before = rows()

    for path in paths:
        for reader in (neighbour, stranger):
            assert reader.open(path).status_code == 404, path
            sent = reader.post(path, {"kunci": "satu", "alasan": "x"})
            assert sent.status_code in {404, 405}, path
        assert rows() == before, path


def test_a_refused_giver_is_nobody_to_act_for(facts: Facts, giver: Collaborator) -> None:
    member, paths = Member(giver), filled(EVERYTHING, facts)
    giver.verification = Verification.REFUSED
    giver.save()

    assert {path: member.open(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_a_line_of_another_commitment_is_not_found_through_ones_own(
    facts: Facts, giver: Collaborator
) -> None:
    other = make_commitment(collaborator=make_collaborator("PT Tetangga"))
    member = Member(giver)

    for page in ("tambah", "pindah"):
        path = f"komitmen/{facts['code']}/{page}/{line_of(other).pk}/"
        assert member.open(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "komitmen/AAAA-AAAA/",
        "komitmen/x/batal/",
        "penyaluran/0/",
        "penyaluran/99999999999999999999999/",
    ],
)
def test_what_is_not_there_is_said_so(path: str, giver: Collaborator) -> None:
    assert Member(giver).open(path).status_code == 404


def test_a_code_may_be_typed_in_any_way(facts: Facts, giver: Collaborator) -> None:
    code = str(facts["code"]).lower()

    assert Member(giver).open(f"komitmen/{code}/").status_code == 200


def test_the_pages_show_no_contact_of_a_place(
    facts: Facts, giver: Collaborator, commitment: Commitment
) -> None:
    contact = line_of(commitment).need.target.contact
    member = Member(giver)

    shown = "".join(words(member.open(path.format(**facts))) for path in ["", *PAGES, *FILES])

    assert [secret for secret in (contact.name, contact.phone) if secret in shown] == []
