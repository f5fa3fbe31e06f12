"""Whatever is typed into a form or an address: an answer in words, and nothing written."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.doors.conftest import SCRIPT, World
from tests.doors.rows import rows
from tests.portal.giving import GIVER, SCHEDULE

pytestmark = pytest.mark.django_db

HOSTILE = [
    "",
    "-1",
    "0",
    "1e5",
    "NaN",
    "٣",
    "9" * 5_000,
    "a" * 10_000,
    "a\x00b",
    "\ud7ff\ufffe",
    "🙂" * 50,
    "' OR 1=1 --",
    "../../etc/passwd",
    SCRIPT,
]
AREA = {
    "bantuan": "sembako",
    "fase": "2",
    "wilayah": "",
    "jumlah": "5",
    "dekat": "",
    "jauh": "",
    "tujuan": "",
    "minimal": "",
}
PROPOSAL = "/bantu/usulan/?bantuan=sembako&fase=2&jumlah=5"
FORMS = [
    ("/bantu/", AREA),
    (PROPOSAL, {"jumlah-{need}": "5"}),
    ("{place}", {"jumlah": "5"}),
    ("/bantu/paket/", {"jumlah-{need}": "5", "hapus": "", "pindah": "", "ganti": ""}),
    ("/bantu/pemberi/", GIVER),
    ("/bantu/jadwal/", SCHEDULE),
    ("/bantu/pernyataan/", {"setuju": "on"}),
    ("/bantu/periksa/", {"kunci": ""}),
]
OPEN_FORMS = [
    ("/lapor/", ["kelurahan", "nama", "keluarga", "isi", "telepon", "surel", "setuju"]),
    ("/dana/beri/", ["agregator", "bentuk", "jumlah", "bantuan", "wilayah", "fase", "sasaran"]),
]
DESK_FORMS = [
    ("/pokja/kolaborator/{giver}/tolak/", ["alasan"]),
    ("/pokja/komitmen/{code}/tolak/", ["alasan"]),
    ("/pokja/komitmen/{code}/jadwal/", ["tanggal", "waktu"]),
    ("/pokja/komitmen/{code}/batal/", ["alasan"]),
    ("/pokja/penyaluran/{delivery}/serah-terima/", ["jumlah-{line}"]),
    ("/pokja/penyaluran/{delivery}/koreksi/{line}/", ["disalurkan", "diterima", "alasan"]),
    ("/pokja/penyaluran/{delivery}/koreksi/{line}/biarkan/", ["alasan"]),
    ("/pokja/sasaran/{target}/ubah-kontak/", ["peran", "nama", "telepon"]),
    ("/pokja/kebutuhan/{need}/", ["jumlah", "alasan"]),
    ("/pokja/rencana/kesediaan/", ["kolaborator", "jumlah", "titik", "km", "tempat", "dari"]),
    ("/pokja/rencana/terbitkan/", ["fase", "porsi", "minimal", "keadaan", "alasan"]),
    ("/pokja/impor/", ["pengirim", "sumber", "tanggal", "program"]),
    ("/pokja/impor/{batch}/jawab/", ["jawaban-0"]),
    ("/pokja/impor/{batch}/putuskan-semua/", ["putusan"]),
    ("/pokja/impor/{batch}/tarik/", ["alasan"]),
]
MEMBER_FORMS = [
    ("/saya/komitmen/{code}/batal/", ["cakupan", "alasan", "jumlah-{promised}"]),
    ("/saya/komitmen/{code}/lepas/", ["cakupan", "alasan"]),
    ("/saya/komitmen/{code}/jadwal/", ["tanggal", "waktu"]),
    ("/saya/komitmen/{code}/tambah/{promised}/", ["jumlah"]),
    ("/saya/komitmen/{code}/pindah/{promised}/", ["jumlah-{need}"]),
    ("/saya/organisasi/{giver}/kesediaan/", ["jumlah", "jangkauan", "titik", "km", "tempat"]),
]
ADDRESSES = [
    "/sasaran/?q={}",
    "/sasaran/?wilayah={}",
    "/sasaran/?bantuan={}",
    "/sasaran/?fase={}",
    "/sasaran/?jenis={}",
    "/sasaran/?urut={}",
    "/sasaran/?dekat={}",
    "/sasaran/?urut=dekat&wilayah={}",
    "/sasaran/?hal={}",
    "/sasaran.csv?fase={}",
    "/sasaran.geojson?wilayah={}",
    "/sasaran.xlsx?bantuan={}",
    "/sasaran/{}/",
    "/bantu/?sasaran={}",
    "/bantu/?wilayah={}&bantuan={}&fase={}",
    f"{PROPOSAL}&jumlah={{}}",
    f"{PROPOSAL}&dekat={{}}",
    f"{PROPOSAL}&jauh={{}}&tujuan={{}}&minimal={{}}",
    "/capaian/?wilayah={}",
    "/capaian/?fase={}",
    "/capaian/?per={}",
    "/capaian/?jenis={}",
    "/capaian/?banding={}",
    "/capaian/baris/?tahap={}",
    "/capaian/baris/?sejak={}&sesudah={}",
    "/capaian/baris/?sasaran={}&kolaborator={}",
    "/capaian/siaran/?per={}",
    "/kolaborator/?q={}",
    "/kolaborator/?jenis={}&peran={}",
    "/kolaborator/?bantuan={}&urut={}",
    "/kolaborator/?hal={}",
    "/kolaborator/{}/",
    "/komitmen/?kode={}",
    "/komitmen/{}/",
    "/komitmen/{}/terima-kasih/",
    "/sasaran/{}/terdekat/?bantuan={}&fase={}",
    "/ambil-alih/{}/",
    "/rencana/{}/",
    "/saya/komitmen/{}/",
    "/saya/penyaluran/{}/",
    "/peta/?wilayah={}&tingkat={}&kotak={}",
    "/peta/data/{}.json?kotak={}",
    "/peta/data/tempat.json?kotak={}&dekat={}",
    "/peta/batas/kota.json?kotak={}",
    "/prioritas/?bantuan={}&fase={}&jumlah={}&acak={}",
    "/prioritas/{}/",
    "/data/?fase={}&bantuan={}",
    "/dana/{}/",
    "/dana/beri/?agregator={}&program={}",
    "/pemberian/{}/",
    "/lapor/{}/",
    "/panduan/{}/",
    "/capaian/baris.csv?tahap={}",
    "/kartu/sasaran/{}.png",
    "/terima/{}/",
    "/masuk/?next={}",
]
MOMENTS = [
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2020-05-02T25:00",
    "2020-02-30",
    "2020-W18-6",
    "2020-05-02T23:59:59+99:00",
]
FIELDS = [(form, field) for form, fields in FORMS for field in fields]
MEMBER_FIELDS = [(form, field) for form, fields in MEMBER_FORMS for field in [*fields, "kunci"]]
DESK_FIELDS = [(form, field) for form, fields in DESK_FORMS for field in [*fields, "kunci"]]


@pytest.fixture
def before(world: World) -> dict[str, int]:
    """Count all rows once there is a world to be hurt."""
    assert world.names
    return rows()


def broken(answers: dict[str, Any], allowed: set[int]) -> dict[str, int]:
    """Return what was typed, with the status, where an answer is not allowed or has a script."""
    return {
        ascii(typed)[:40]: answer.status_code
        for typed, answer in answers.items()
        if answer.status_code not in allowed or SCRIPT in _text(answer)
    }


def _text(answer: Any) -> str:
    """Return what was sent, be it a page or a file; nothing in JSON is run by a browser."""
    if answer.headers.get("Content-Type") == "application/json":
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        return ""
    return str(answer.getvalue().decode(errors="replace"))


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_no_question_breaks_or_writes_whatever_is_answered(
    form: str, field: str, world: World, client: Client, before: dict[str, int]
) -> None:
    client.post(world.address("{place}"), {"jumlah": "5"})
    good = {world.address(name): typed for name, typed in dict(FORMS)[form].items()}

    answers = {
        value: client.post(world.address(form), good | {world.address(field): value})
        for value in HOSTILE
    }

    assert broken(answers, allowed={302, 409, 422}) == {}
    assert rows() == before


@pytest.mark.parametrize(("form", "fields"), OPEN_FORMS)
def test_no_form_for_all_breaks_or_writes_whatever_is_typed(
    form: str, fields: list[str], client: Client, before: dict[str, int]
) -> None:
    answers = {value: client.post(form, dict.fromkeys(fields, value)) for value in HOSTILE}

    assert broken(answers, allowed={422, 429}) == {}
    assert rows() == before


@pytest.mark.parametrize("field", ["jumlah-{line}", "kondisi-{line}", "catatan-{line}", "catatan"])
def test_no_receipt_breaks_or_is_written_while_an_answer_is_missing(
    field: str, world: World, client: Client, before: dict[str, int]
) -> None:
    answers = {
        value: client.post(world.address("/terima/{token}/"), {world.address(field): value})
        for value in HOSTILE
    }

    assert broken(answers, allowed={422}) == {}
    assert rows() == before


@pytest.mark.parametrize(("form", "field"), DESK_FIELDS)
def test_no_form_of_the_desk_breaks_whatever_is_typed(
    form: str, field: str, world: World, officer: Client
) -> None:
    before = rows()  # The officer is a row too.

    answers = {
        value: officer.post(world.address(form), {world.address(field): value}) for value in HOSTILE
    }

    assert broken(answers, allowed={409, 422}) == {}
    assert rows() == before


@pytest.mark.parametrize(("form", "field"), MEMBER_FIELDS)
def test_no_form_of_a_member_breaks_whatever_is_typed(
    form: str, field: str, world: World, member: Client
) -> None:
    before = rows()  # The member is a row too.

    answers = {
        value: member.post(world.address(form), {world.address(field): value}) for value in HOSTILE
    }

    assert broken(answers, allowed={409, 422}) == {}
    assert rows() == before


@pytest.mark.parametrize("pattern", ADDRESSES)
def test_no_address_breaks(pattern: str, client: Client, before: dict[str, int]) -> None:
    answers = {value: client.get(pattern.replace("{}", quote(value, safe=""))) for value in HOSTILE}

    assert broken(answers, allowed={200, 302, 400, 404, 422}) == {}
    assert rows() == before


@pytest.mark.parametrize("page", ["/en/capaian/", "/en/capaian/siaran/"])
def test_a_moment_that_never_was_is_refused(
    page: str, client: Client, before: dict[str, int]
) -> None:
    answers = {moment: client.get(page, {"per": moment}) for moment in MOMENTS}

    assert broken(answers, allowed={400, 404}) == {}
    assert rows() == before
