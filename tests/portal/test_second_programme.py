"""A programme without sembako, RW, families, weeks or points on a map, beside the first one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from ksbb.audit.actors import SYSTEM
from ksbb.commitments.models import Commitment
from ksbb.needs.actions.publish import publish
from ksbb.needs.models import Need, Target
from ksbb.programmes.enums import Basis, Frequency, ProgrammeState, Unit
from ksbb.programmes.models import Programme
from ksbb.programmes.words import counted
from ksbb.reports.figures import figures, givers
from ksbb.reports.release import release_text
from tests.factories.commitments import NOON
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_kind, make_programme, make_rule
from tests.portal.giving import GIVER, SCHEDULE, key_of, place_url, send, text_of

pytestmark = pytest.mark.django_db

NAMED = "programme=umkm"


@pytest.fixture(autouse=True)
def _two_programmes(settings: Settings) -> None:
    """Stand at noon, with a need of the first programme."""
    settings.KSBB_CLOCK = NOON.isoformat()
    make_need(100).phase.programme.target_kinds.add(make_kind())


@pytest.fixture
def umkm() -> Programme:
    """Return the other programme: three lokbin of 300 merchants, one phase, three kinds of aid."""
    days = {"starts_on": date(2020, 4, 1), "ends_on": date(2020, 7, 31)}
    programme = make_programme("umkm", name_id="KSBB UMKM contoh", **days)
    kind = make_kind("lokbin", people_id="pedagang", people_en="merchants")
    programme.target_kinds.add(kind)
    programme.phases.create(number=1, **days)
    kinds: tuple[tuple[str, Unit, dict[str, Any]], ...] = (
        ("wastafel", Unit.PIECE, {"divisor": 100}),
        ("modal", Unit.RUPIAH, {"multiplier": 2_000_000}),
        ("pelatihan", Unit.PARTICIPANT, {}),
    )
    for position, (slug, unit, factors) in enumerate(kinds):
        aid_type = make_aid_type(
            slug,
            programme=programme,
            unit=unit,
            frequency=Frequency.ONCE,
            position=position,
            reference_price=0,
            counts_toward_fulfilment=True,
        )
        make_rule(aid_type=aid_type, target_kind=kind, basis=Basis.RESIDENTS, **factors)
    for name in ("Lokbin Contoh A", "Lokbin Contoh B", "Lokbin Contoh C"):
        make_target("lokbin", name=name, families=None, residents=300)
    publish(programme=programme, actor=SYSTEM, now=NOON)
    return programme


@pytest.fixture
def loan(umkm: Programme) -> Need:
    """Return the loan the first lokbin needs."""
    return Need.objects.filter(aid_type__slug="modal", phase__programme=umkm).earliest("pk")


def test_every_page_shows_the_programme_the_address_names(client: Client, umkm: Programme) -> None:
    pages = ["/", "/sasaran/", "/peta/", "/capaian/", "/capaian/siaran/", "/data/", "/bantu/"]
    pages += ["/kolaborator/", "/panduan/donatur/", "/capaian/baris/"]
    pages += ["/sasaran/?bantuan=modal", "/peta/?bantuan=pelatihan", "/capaian/?bantuan=modal"]

    answers = {page: client.get(f"{page}{'&' if '?' in page else '?'}{NAMED}") for page in pages}

    assert {page: one.status_code for page, one in answers.items()} == dict.fromkeys(pages, 200)
    assert "Lokbin Contoh A" in text_of(answers["/sasaran/?bantuan=modal"])
    assert "Rp600.000.000" in text_of(answers["/sasaran/?bantuan=modal"])
    assert umkm.name in text_of(answers["/"])
    assert "Rp1.800.000.000" in text_of(answers["/"])
    assert "Rp1.800.000.000" in text_of(answers["/capaian/?bantuan=modal"])


@pytest.mark.usefixtures("umkm")
def test_the_first_programme_is_shown_where_none_is_named(client: Client) -> None:
    page = text_of(client.get("/sasaran/"))

    assert "Lokbin" not in page.split("<main")[1].replace("KSBB UMKM contoh", "")
    assert f"/sasaran/?{NAMED}" in page


@pytest.mark.parametrize("slug", ["tidak-ada", "draf", "' OR 1=1", "<script>", "%F0", "x" * 300])
def test_a_programme_that_is_not_published_is_not_there(client: Client, slug: str) -> None:
    make_programme("draf", state=ProgrammeState.DRAFT)

    for page in ("/", "/sasaran/", "/peta/", "/capaian/", "/bantu/"):
        assert client.get(page, {"programme": slug}).status_code == 404


def test_a_place_is_found_in_the_programme_that_helps_it(client: Client, loan: Need) -> None:
    page = text_of(client.get(f"/sasaran/{loan.target.code}/"))
    english = text_of(client.get(f"/en/sasaran/{loan.target.code}/"))

    assert "Rp600.000.000" in page
    assert "IDR 600,000,000" in english
    assert "Pedagang" in page
    assert "Merchants" in english
    assert f"fase=1&amp;{NAMED}" in page or f"fase=1&{NAMED}" in page


def test_a_loan_is_promised_and_shown_in_rupiah(client: Client, loan: Need) -> None:
    place = f"{place_url(loan)}&{NAMED}"
    asked = text_of(client.get(place))
    client.post(place, {"jumlah": "150.000.000"})
    package = text_of(client.get("/bantu/paket/"))
    client.post("/bantu/pemberi/", GIVER)
    client.post("/bantu/jadwal/", SCHEDULE)
    client.post("/bantu/pernyataan/", {"setuju": "on"})
    check = client.get("/bantu/periksa/")
    send(client, key_of(check))

    commitment = Commitment.objects.get()
    followed = text_of(client.get(f"/komitmen/{commitment.code}/"))
    results = text_of(client.get(f"/capaian/?{NAMED}&bantuan=modal"))
    assert "Berapa rupiah?" in asked
    assert "Rp150.000.000" in package
    assert "Rp150.000.000" in text_of(check)
    assert commitment.programme.slug == "umkm"
    assert "Rp150.000.000" in followed
    assert "150.000.000" in results


def test_figures_and_release_know_nothing_of_sembako(umkm: Programme) -> None:
    found = figures(umkm, NOON)
    for language in ("id", "en"):
        with translation.override(language):
            text = release_text(found, programme=umkm, givers=givers(umkm, NOON), language=language)
        assert "sembako" not in text.lower()

    assert set(found.committed) == {"wastafel", "modal", "pelatihan"}


@pytest.mark.usefixtures("umkm")
def test_the_api_and_the_files_take_the_programme(client: Client) -> None:
    places = client.get(f"/api/v1/targets?{NAMED}").json()
    needs = client.get(f"/api/v1/needs?{NAMED}&bantuan=modal").json()
    file = client.get(f"/sasaran.csv?{NAMED}&bantuan=modal")

    assert len(places["items"]) == Target.objects.filter(kind__slug="lokbin").count()
    assert needs["items"] != []
    assert file.status_code == 200


def test_a_closed_programme_stays_readable_and_takes_nothing(
    client: Client, umkm: Programme, loan: Need
) -> None:
    Programme.objects.filter(pk=umkm.pk).update(state=ProgrammeState.CLOSED)

    pages = {
        page: client.get(page)
        for page in (f"/?{NAMED}", f"/sasaran/?{NAMED}", f"/capaian/?{NAMED}", f"/peta/?{NAMED}")
    }

    assert {one.status_code for one in pages.values()} == {200}
    assert "sudah ditutup" in text_of(pages[f"/sasaran/?{NAMED}"])
    assert client.post(f"{place_url(loan)}&{NAMED}", {"jumlah": "1"}).status_code != 302


def test_a_quantity_of_money_is_written_as_money() -> None:
    loan = make_aid_type("modal", unit=Unit.RUPIAH, counted_id="modal pinjaman")

    assert counted(150_000_000, loan) == "Rp150.000.000 modal pinjaman"
    assert counted(600, make_aid_type("sembako")) == "600 sembako"
