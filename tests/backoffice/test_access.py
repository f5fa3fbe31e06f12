"""Who may open which address of the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from ksbb.collaborators.enums import Verification
from tests.backoffice.desk import Officer
from tests.factories.accounts import make_admin
from tests.factories.batches import make_batch, make_ground
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import make_commitment
from tests.factories.deliveries import bring, plan_it
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db

Facts = dict[str, object]

PAGES = [
    "",
    "kotak-masuk/",
    "papan/",
    "panduan/",
    "kotak-masuk/sasaran/{target_key}/petugas/",
    "kolaborator/",
    "kolaborator/{slug}/",
    "komitmen/",
    "komitmen/{code}/",
    "komitmen/{code}/batal/",
    "penyaluran/",
    "penyaluran/{delivery}/",
    "penyaluran/{delivery}/berita-acara/",
    "penyaluran/{delivery}/koreksi/{line}/",
    "sasaran/",
    "sasaran/{target}/",
    "kebutuhan/{need}/",
    "impor/",
    "impor/{batch}/",
    "impor/{batch}/laporan.csv",
    "impor/templat.xlsx",
    "impor/sasaran.xlsx",
    "jejak/commitments.commitment/{commitment}/",
    "rencana/",
    "rencana/kesediaan/",
]
FORMS = [
    "kolaborator/{slug}/verifikasi/",
    "kolaborator/{slug}/tolak/",
    "kolaborator/{slug}/kontak/",
    "komitmen/{code}/terima/",
    "komitmen/{code}/tolak/",
    "komitmen/{code}/jadwal/",
    "penyaluran/{delivery}/serah-terima/",
    "penyaluran/{delivery}/tautan/",
    "sasaran/{target}/verifikasi/",
    "sasaran/{target}/tolak/",
    "sasaran/{target}/kontak/",
    "sasaran/{target}/ubah-kontak/",
    "penyaluran/{delivery}/koreksi/{line}/biarkan/",
    "impor/{batch}/jawab/",
    "impor/{batch}/putuskan/",
    "impor/{batch}/putuskan-semua/",
    "impor/{batch}/tulis/",
    "impor/{batch}/tarik/",
    "impor/{batch}/buang/",
]


@pytest.fixture
def facts(settings: Settings, tmp_path: Path) -> Facts:
    """Return what the addresses name: a commitment of which 40 were handed over."""
    settings.BATCH_INBOX = tmp_path / "inbox"
    need = make_need()
    make_ground()
    giver = make_collaborator(verification=Verification.VERIFIED)
    commitment = plan_it(make_commitment({need: 40}, collaborator=giver))
    delivery = bring(commitment)
    return {
        "slug": giver.slug,
        "code": commitment.code,
        "commitment": commitment.pk,
        "delivery": delivery.pk,
        "line": delivery.lines.get().pk,
        "target": need.target.code,
        "target_key": need.target.pk,
        "need": need.pk,
        "batch": make_batch({7: 20}).pk,
    }


def filled(addresses: list[str], facts: Facts) -> list[str]:
    """Return the addresses with their names filled in."""
    return [address.format(**facts) for address in addresses]


def led_to(answer: Any) -> tuple[int, str]:
    """Return the status of an answer and where it leads."""
    return answer.status_code, answer.headers.get("Location", "")


def test_a_visitor_is_sent_to_the_login_and_comes_back(facts: Facts) -> None:
    paths = [f"/pokja/{address}" for address in filled(PAGES + FORMS, facts)]

    led = {path: led_to(Client().get(path)) for path in paths}

    assert led == {path: (302, f"/masuk/?next={path}") for path in paths}


def test_an_account_without_a_role_is_refused(facts: Facts, donor: Officer) -> None:
    paths = filled(PAGES + FORMS, facts)

    said = {
        path: (donor.open(path).status_code, donor.post(path, {}).status_code) for path in paths
    }

    assert said == dict.fromkeys(paths, (403, 403))


def test_the_working_group_opens_every_page(facts: Facts, sari: Officer) -> None:
    paths = filled(PAGES, facts)

    assert {path: sari.open(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_the_address_of_a_form_leads_to_its_page(facts: Facts, sari: Officer) -> None:
    paths = filled(FORMS, facts)

    led = {path: led_to(sari.open(path)) for path in paths}

    pages = {path: path.rstrip("/").rpartition("/")[0] for path in paths}
    assert led == {path: (302, f"/en/pokja/{page}/") for path, page in pages.items()}


@pytest.mark.usefixtures("facts")
def test_publishing_a_plan_begins_on_its_page(sari: Officer) -> None:
    assert sari.open("rencana/terbitkan/").headers["Location"] == "/en/pokja/rencana/"


def test_an_administrator_opens_every_page_too(facts: Facts) -> None:
    admin, paths = Officer(make_admin()), filled(PAGES, facts)

    assert {path: admin.open(path).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.parametrize(
    "address",
    [
        "kolaborator/tidak-ada/",
        "kolaborator/tidak-ada/verifikasi/",
        "komitmen/K7F3-9Q2M/",
        "komitmen/K7F3-9Q2M/terima/",
        "penyaluran/99999999999999999999999/",
        "penyaluran/1/koreksi/1/",
        "penyaluran/99999999999999999999999/koreksi/1/",
        "penyaluran/1/koreksi/99999999999999999999999/",
        "sasaran/31.74/",
        "kebutuhan/0/",
        "impor/0/",
        "impor/0/tulis/",
        "impor/0/laporan.csv",
        "jejak/commitments.commitment/1/",
        "jejak/tidak.ada/1/",
        "rencana/kesediaan/K7F3-9Q2M/tarik/",
    ],
)
def test_what_is_not_there_is_said_so(address: str, sari: Officer) -> None:
    assert sari.open(address).status_code == 404
