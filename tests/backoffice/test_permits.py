"""The working group writes permits down, suspends and restores them."""

from __future__ import annotations

import pytest
from django.test import Client

from ksbb.collaborators.models import Collaborator
from tests.factories.accounts import make_pokja
from tests.factories.collaborators import make_collaborator
from tests.portal.member import complaint, words

pytestmark = pytest.mark.django_db

PAPER = {"nomor": "123/HUK-PS/2020", "penerbit": "Kemensos", "sampai": "2020-12-31"}


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.force_login(make_pokja())
    return client


@pytest.fixture
def act() -> Collaborator:
    return make_collaborator("ACT", slug="act", is_aggregator=True)


def test_a_permit_is_written_down_suspended_and_restored(
    officer: Client, act: Collaborator
) -> None:
    page = "/en/pokja/kolaborator/act/izin/"

    officer.post(page, PAPER | {"kunci": "1"})
    permit = act.permits.get()
    silent = officer.post(f"{page}{permit.pk}/tangguhkan/", {"alasan": "", "kunci": "2"})
    officer.post(f"{page}{permit.pk}/tangguhkan/", {"alasan": "diperiksa", "kunci": "3"})
    suspended = words(officer.get(page))
    officer.post(f"{page}{permit.pk}/pulihkan/", {"alasan": "selesai", "kunci": "4"})

    permit.refresh_from_db()
    assert (permit.number, permit.region, permit.suspended_at) == ("123/HUK-PS/2020", None, None)
    assert (silent.status_code, complaint(silent)) == (422, ["Say why."])
    assert "diperiksa" in suspended


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"sampai": "besok"}, 422), ({"nomor": ""}, 422), ({"wilayah": "99"}, 422)],
)
def test_a_permit_that_cannot_be_read_is_not_written(
    officer: Client, act: Collaborator, fields: dict[str, str], status: int
) -> None:
    answer = officer.post("/en/pokja/kolaborator/act/izin/", PAPER | {"kunci": "1"} | fields)

    assert (answer.status_code, act.permits.count()) == (status, 0)


def test_who_is_no_aggregator_needs_no_permit(officer: Client) -> None:
    giver = make_collaborator("JNE", slug="jne")

    answer = officer.post("/en/pokja/kolaborator/jne/izin/", PAPER | {"kunci": "1"})

    assert (answer.status_code, giver.permits.count()) == (409, 0)
