"""What is sent to an address in a way it does not take, or without a form of ours."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.doors.conftest import World
from tests.doors.rows import rows
from tests.portal.giving import text_of

pytestmark = pytest.mark.django_db

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


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("pattern", PAGES)
def test_a_page_takes_nothing(pattern: str, method: str, world: World, client: Client) -> None:
    before = rows()

    answer = client.generic(method.upper(), world.address(pattern))

    assert answer.status_code == 405
    assert "This address does not take that" in text_of(answer)
    assert rows() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("pattern", FORMS)
def test_a_form_is_sent_in_one_way_only(
    pattern: str, method: str, world: World, client: Client
) -> None:
    before = rows()

    answer = client.generic(method.upper(), world.address(pattern))

    assert answer.status_code == 405
    assert rows() == before


@pytest.mark.parametrize("pattern", FORMS)
def test_a_form_from_another_site_is_refused(pattern: str, world: World) -> None:
    before = rows()

    answer = Client(enforce_csrf_checks=True).post(world.address(pattern), {"jumlah": "5"})

    assert answer.status_code == 403
    assert "Nothing was sent." in text_of(answer)
    assert rows() == before


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("pattern", DESK_FORMS)
def test_no_other_site_acts_for_an_officer(
    pattern: str, method: str, world: World, officer: Client
) -> None:
    officer.handler.enforce_csrf_checks = True
    before = rows()

    answer = officer.generic(method.upper(), world.address(pattern))

    assert answer.status_code == 403
    assert rows() == before


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("pattern", MEMBER_FORMS)
def test_no_other_site_acts_for_a_member(
    pattern: str, method: str, world: World, member: Client
) -> None:
    member.handler.enforce_csrf_checks = True
    before = rows()

    answer = member.generic(method.upper(), world.address(pattern))

    assert answer.status_code == 403
    assert rows() == before
