"""What is sent to an address in a way it does not take, or without a form of ours."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.doors.conftest import World
from tests.doors.rows import rows
from tests.portal.giving import text_of

pytestmark = pytest.mark.django_db

SENTENCE = "This address does not take that"
PAGES = [
    "/en/",
    "/en/sasaran/",
    "/en/sasaran.csv",
    "/en/sasaran.xlsx",
    "/en/sasaran.geojson",
    "/en/sasaran/{target}/",
    "/en/komitmen/",
    "/en/komitmen/{code}/",
    "/en/komitmen/{code}/qr.svg",
    "/en/komitmen/{code}/terima-kasih/",
    "/en/sasaran/{target}/terdekat/",
    "/en/ambil-alih/",
    "/en/rencana/",
    "/en/capaian/",
    "/en/capaian/siaran/",
    "/en/panduan/",
]
FORMS = [
    "/en/bantu/",
    "/en{place}",
    "/en/bantu/usulan/",
    "/en/bantu/paket/",
    "/en/bantu/pemberi/",
    "/en/bantu/jadwal/",
    "/en/bantu/pernyataan/",
    "/en/bantu/periksa/",
    "/en/terima/{token}/",
    "/en/ambil-alih/1/",
]
DESK_FORMS = [
    "/en/pokja/kolaborator/{giver}/verifikasi/",
    "/en/pokja/kolaborator/{giver}/tolak/",
    "/en/pokja/kolaborator/{giver}/kontak/",
    "/en/pokja/komitmen/{code}/terima/",
    "/en/pokja/komitmen/{code}/tolak/",
    "/en/pokja/komitmen/{code}/jadwal/",
    "/en/pokja/komitmen/{code}/batal/",
    "/en/pokja/penyaluran/{delivery}/serah-terima/",
    "/en/pokja/penyaluran/{delivery}/tautan/",
    "/en/pokja/penyaluran/{delivery}/koreksi/{line}/",
    "/en/pokja/penyaluran/{delivery}/koreksi/{line}/biarkan/",
    "/en/pokja/sasaran/{target}/verifikasi/",
    "/en/pokja/sasaran/{target}/tolak/",
    "/en/pokja/sasaran/{target}/kontak/",
    "/en/pokja/sasaran/{target}/ubah-kontak/",
    "/en/pokja/kebutuhan/{need}/",
    "/en/pokja/rencana/kesediaan/",
    "/en/pokja/rencana/terbitkan/",
    "/en/pokja/impor/",
    "/en/pokja/impor/{batch}/jawab/",
    "/en/pokja/impor/{batch}/putuskan/",
    "/en/pokja/impor/{batch}/putuskan-semua/",
    "/en/pokja/impor/{batch}/tulis/",
    "/en/pokja/impor/{batch}/tarik/",
    "/en/pokja/impor/{batch}/buang/",
]
MEMBER_FORMS = [
    "/en/saya/komitmen/{code}/jadwal/",
    "/en/saya/komitmen/{code}/batal/",
    "/en/saya/komitmen/{code}/lepas/",
    "/en/saya/komitmen/{code}/tambah/1/",
    "/en/saya/komitmen/{code}/pindah/1/",
    "/en/saya/penyaluran/{delivery}/serah-terima/",
    "/en/saya/penyaluran/{delivery}/hari/",
    "/en/saya/penyaluran/{delivery}/tautan/",
    "/en/saya/organisasi/{giver}/kesediaan/",
]


def statuses(client: Client, method: str, paths: list[str]) -> dict[str, int]:
    """Send nothing in one way to each address, and return what each answers."""
    return {path: client.generic(method.upper(), path).status_code for path in paths}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_takes_nothing(method: str, world: World, client: Client) -> None:
    paths = [world.address(pattern) for pattern in PAGES]
    before = rows()

    answers = {path: client.generic(method.upper(), path) for path in paths}

    assert {path: one.status_code for path, one in answers.items()} == dict.fromkeys(paths, 405)
    silent = [path for path, one in answers.items() if SENTENCE not in text_of(one)]
    assert silent == []
    assert rows() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_form_is_sent_in_one_way_only(method: str, world: World, client: Client) -> None:
    paths = [world.address(pattern) for pattern in FORMS]
    before = rows()

    assert statuses(client, method, paths) == dict.fromkeys(paths, 405)
    assert rows() == before


def test_a_form_from_another_site_is_refused(world: World) -> None:
    paths = [world.address(pattern) for pattern in FORMS]
    before = rows()

    answers = {path: Client(enforce_csrf_checks=True).post(path, {"jumlah": "5"}) for path in paths}

    assert {path: one.status_code for path, one in answers.items()} == dict.fromkeys(paths, 403)
    silent = [path for path, one in answers.items() if "Nothing was sent." not in text_of(one)]
    assert silent == []
    assert rows() == before


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_no_other_site_acts_for_an_officer(method: str, world: World, officer: Client) -> None:
    officer.handler.enforce_csrf_checks = True
    paths = [world.address(pattern) for pattern in DESK_FORMS]
    before = rows()

    assert statuses(officer, method, paths) == dict.fromkeys(paths, 403)
    assert rows() == before


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_no_other_site_acts_for_a_member(method: str, world: World, member: Client) -> None:
    member.handler.enforce_csrf_checks = True
    paths = [world.address(pattern) for pattern in MEMBER_FORMS]
    before = rows()

    assert statuses(member, method, paths) == dict.fromkeys(paths, 403)
    assert rows() == before
