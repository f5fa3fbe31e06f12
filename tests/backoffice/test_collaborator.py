from __future__ import annotations

import pytest

from ksbb.audit.models import Entry
from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.enums import State
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver() -> Collaborator:
    """Return a collaborator nobody has looked at."""
    return make_collaborator("Koperasi Contoh", verification=Verification.PENDING)


def page_of(giver: Collaborator) -> str:
    return f"kolaborator/{giver.slug}/"


def test_a_verified_collaborator_is_verified_by_name_of_the_officer(
    giver: Collaborator, sari: Officer
) -> None:
    answer = sari.send(f"{page_of(giver)}verifikasi/", page=page_of(giver))

    giver.refresh_from_db()
    entry = Entry.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/en/pokja/{page_of(giver)}")
    assert giver.verification == Verification.VERIFIED
    assert (entry.action, entry.actor and entry.actor.name) == ("collaborators.verified", "Sari")


def test_refusing_a_collaborator_rejects_what_it_submitted(
    giver: Collaborator, sari: Officer
) -> None:
    need = make_need(100)
    commitment = make_commitment({need: 60}, collaborator=giver)

    sari.send(f"{page_of(giver)}tolak/", page=page_of(giver), alasan="Tidak dapat dihubungi")

    giver.refresh_from_db()
    commitment.refresh_from_db()
    need.refresh_from_db()
    assert (giver.verification, commitment.state) == (Verification.REFUSED, State.REJECTED)
    assert need.open == 100


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Say why."), ("   ", "Say why.")],
)
def test_a_refusal_without_a_reason_writes_nothing(
    typed: str, sentence: str, giver: Collaborator, sari: Officer
) -> None:
    answer = sari.send(f"{page_of(giver)}tolak/", page=page_of(giver), alasan=typed)

    giver.refresh_from_db()
    assert (answer.status_code, complaint(answer)) == (422, [sentence])
    assert (giver.verification, Entry.objects.count()) == (Verification.PENDING, 0)


def test_a_reason_that_is_too_long_is_kept_in_its_field(giver: Collaborator, sari: Officer) -> None:
    typed = "x" * 10_000

    answer = sari.send(f"{page_of(giver)}tolak/", page=page_of(giver), alasan=typed)

    assert (answer.status_code, typed in words(answer)) == (422, True)


def test_the_second_officer_sees_what_the_first_decided(
    giver: Collaborator, sari: Officer, budi: Officer
) -> None:
    form = budi.form(page_of(giver))
    sari.send(f"{page_of(giver)}verifikasi/", page=page_of(giver))

    answer = budi.post(f"{page_of(giver)}tolak/", form | {"alasan": "Nama ganda"})

    giver.refresh_from_db()
    assert (answer.status_code, giver.verification) == (409, Verification.VERIFIED)
    assert "Sari, 1 May 2020 at 12:00 WIB: Collaborator verified." in words(answer)
    assert "1 May 2020 at 12:00 WIB, Sari" in words(answer)


def test_a_second_press_does_nothing_more(giver: Collaborator, sari: Officer) -> None:
    form = sari.form(page_of(giver))

    answers = [sari.post(f"{page_of(giver)}verifikasi/", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Entry.objects.filter(action="collaborators.verified").count() == 1


def test_the_contact_is_shown_when_asked_for_and_the_look_is_written_down(
    giver: Collaborator, sari: Officer
) -> None:
    before = sari.open(page_of(giver))

    answer = sari.send(f"{page_of(giver)}kontak/", page=page_of(giver))

    entry = Entry.objects.get()
    assert "kontak@example.org" not in words(before)
    assert (answer.status_code, "kontak@example.org" in words(answer)) == (200, True)
    assert answer.headers["Cache-Control"].split(", ").count("no-store") == 1
    assert (entry.action, entry.actor and entry.actor.name) == (
        "collaborators.look_at_contact",
        "Sari",
    )


def test_a_name_that_is_verified_already_is_pointed_out(giver: Collaborator, sari: Officer) -> None:
    other = make_collaborator("KOPERASI CONTOH")

    page = words(sari.open(page_of(giver)))

    assert f"/en/pokja/kolaborator/{other.slug}/" in page
    assert "verified, 24 April 2020 at 08:00 WIB: same name, same e-mail address" in page


def test_a_decided_collaborator_has_no_buttons_to_decide(sari: Officer) -> None:
    page = words(sari.open(page_of(make_collaborator())))

    assert "verifikasi/" not in page
