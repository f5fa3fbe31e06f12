"""A second programme is set up, published, changed and closed on the pages of the desk."""

from __future__ import annotations

import pytest

from ksbb.needs.enums import Verification
from ksbb.needs.models import Need
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import FourEyes, NeedRule, Programme
from ksbb.rights.enums import Step
from ksbb.rights.models import Approval
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.accounts import make_admin
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_kind, make_phase, make_programme, make_rule
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db

UMKM = "program/umkm/"
NEW = {
    "slug": "umkm",
    "name_id": "KSBB UMKM contoh",
    "name_en": "KSBB small businesses (example)",
    "organiser": "Dinas PPKUKM",
    "starts_on": "2020-05-01",
    "ends_on": "31/07/2020",
    "root_region": "31",
    "release_place": "BALAIKOTA JAKARTA",
    "is_example": "on",
}
LOAN = {
    "slug": "modal",
    "name_id": "Modal pinjaman",
    "name_en": "Capital loan",
    "unit": "RUPIAH",
    "frequency": "ONCE",
    "counts_toward_fulfilment": "on",
}
EACH = {"dasar": "RESIDENTS", "kali": "2.000.000", "bagi": "1"}


@pytest.fixture
def dewi() -> Officer:
    """Return an administrator at the desk."""
    user = make_admin("dewi@example.org")
    user.name = "Dewi"
    user.save()
    return Officer(user)


def set_up(dewi: Officer) -> None:
    """Set up everything but the rule."""
    make_region("31")
    dewi.send("program/baru/", **NEW)
    kind = {"slug": "lokbin", "name_id": "Lokbin", "name_en": "Lokbin", "people_id": "pedagang"}
    dewi.send("jenis-tempat/baru/", **kind)
    lokbin = make_kind("lokbin")
    dewi.send(f"{UMKM}jenis-tempat/", jenis=str(lokbin.pk))
    dewi.post(
        f"{UMKM}fase/baru/",
        dewi.form(f"{UMKM}fase/baru/") | {"starts_on": "2020-05-01", "ends_on": "2020-07-31"},
    )
    dewi.post(f"{UMKM}bantuan/baru/", dewi.form(f"{UMKM}bantuan/baru/") | LOAN)


def rule_of(dewi: Officer) -> NeedRule:
    """Add the rule and return it."""
    fields = {"jenis": "lokbin", "bantuan": "modal", "fase": "", **EACH}
    dewi.send(f"{UMKM}aturan/baru/", **fields)
    return NeedRule.objects.get(programme__slug="umkm")


# The forms of Django's models have names with underscores, and `send` writes hyphens.
@pytest.fixture(autouse=True)
def _names_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def send(self: Officer, path: str, *, page: str = "", **fields: str) -> object:
        return self.post(path, self.form(page or path) | fields)

    monkeypatch.setattr(Officer, "send", send)


def test_a_programme_is_set_up_and_published_with_what_its_places_need(dewi: Officer) -> None:
    set_up(dewi)
    make_target("lokbin", families=None, residents=300)
    lacking = words(dewi.open(UMKM))
    early = dewi.open(f"{UMKM}terbitkan/")
    rule_of(dewi)

    answer = dewi.send(f"{UMKM}terbitkan/", alasan="siap")

    assert "a rule for every kind of aid (Capital loan)" in lacking
    assert "alasan" not in words(early)
    assert answer.status_code == 302
    assert Programme.objects.get(slug="umkm").state == ProgrammeState.OPEN
    assert list(Need.objects.values_list("quantity", flat=True)) == [600_000_000]
    assert "Programme published" in words(dewi.open(UMKM))


def test_a_programme_marked_so_is_published_by_two(dewi: Officer, budi: Officer) -> None:
    set_up(dewi)
    rule_of(dewi)
    dewi.send(f"{UMKM}dua-petugas/", langkah="PUBLISH", alasan="")

    dewi.send(f"{UMKM}terbitkan/", alasan="siap")
    waiting = Programme.objects.get(slug="umkm").state
    asked = Approval.objects.get(step=Step.PUBLISH)
    own = dewi.post(f"persetujuan/{asked.pk}/setuju/", dewi.form(f"persetujuan/{asked.pk}/"))
    budi.send(f"persetujuan/{asked.pk}/setuju/", page=f"persetujuan/{asked.pk}/")

    assert (waiting, own.status_code) == (ProgrammeState.DRAFT, 409)
    assert Programme.objects.get(slug="umkm").state == ProgrammeState.OPEN


def test_a_mark_is_taken_away_by_two(dewi: Officer, budi: Officer) -> None:
    programme = make_programme()
    page = f"program/{programme.slug}/dua-petugas/"
    dewi.send(page, langkah="PUBLISH", alasan="")

    silent = dewi.send(page, alasan="")
    dewi.send(page, alasan="tidak perlu")
    standing = list(FourEyes.objects.values_list("step", flat=True))
    asked = Approval.objects.get(step=Step.UNMARK)
    budi.send(f"persetujuan/{asked.pk}/setuju/", page=f"persetujuan/{asked.pk}/")

    assert (silent.status_code, complaint(silent)) == (
        409,
        ["Say why, so that the second officer can judge it."],
    )
    assert (standing, FourEyes.objects.count()) == (["PUBLISH"], 0)


def test_a_rule_is_changed_after_its_preview(dewi: Officer) -> None:
    programme = make_programme()
    programme.target_kinds.add(make_kind())
    rule = make_rule()
    need = make_need(100)
    make_commitment({need: 60})
    make_need(100)
    page = f"program/{programme.slug}/aturan/{rule.pk}/"
    asked = "?dasar=FAMILIES&kali=1&bagi=2"

    seen = words(dewi.open(page + asked))
    hidden = {"dasar": "FAMILIES", "kali": "1", "bagi": "2", "pratinjau": "1-100-50-1-0-0"}
    stale = dewi.post(
        page, dewi.form(page + asked) | hidden | {"pratinjau": "2-0-0-0-0-0", "alasan": "x"}
    )
    answer = dewi.post(page, dewi.form(page + asked) | hidden | {"alasan": "stok kurang"})

    assert 'value="1-100-50-1-0-0"' in seen
    assert "60 committed" in seen
    assert stale.status_code == 409
    assert answer.status_code == 302
    assert list(Need.objects.order_by("pk").values_list("quantity", flat=True)) == [100, 50]


def test_needs_of_a_new_phase_come_from_a_page(sari: Officer) -> None:
    programme = make_programme()
    programme.target_kinds.add(make_kind())
    make_rule()
    make_target(families=120)
    make_target(families=None, residents=None)
    make_phase(2)
    make_phase(3)
    page = f"program/{programme.slug}/kebutuhan/"

    shown = words(sari.open(page))
    answer = sari.send(page, fase="3")
    rest = words(sari.open(page))

    assert "2 needs would be created." in shown
    assert "1 verified place has no count yet" in shown
    assert answer.status_code == 302
    assert list(Need.objects.values_list("phase__number", "quantity")) == [(3, 120)]
    assert "1 need would be created." in rest


def test_a_place_that_waits_gets_no_need_from_the_page(sari: Officer) -> None:
    programme = make_programme()
    programme.target_kinds.add(make_kind())
    make_rule()
    make_phase(2)
    make_target(verification=Verification.PENDING)

    assert "0 needs would be created." in words(sari.open(f"program/{programme.slug}/kebutuhan/"))


def test_a_programme_is_closed_and_stays_readable(dewi: Officer) -> None:
    programme = make_programme()
    programme.target_kinds.add(make_kind())
    make_commitment({make_need(100): 60})

    page = words(dewi.open(f"program/{programme.slug}/tutup/"))
    dewi.send(f"program/{programme.slug}/tutup/", alasan="selesai")
    public = dewi.client.get("/en/sasaran/")

    assert "1 commitment is still under way" in page
    assert Programme.objects.get().state == ProgrammeState.CLOSED
    assert public.status_code == 200


def test_the_working_group_looks_and_does_not_change(sari: Officer) -> None:
    programme = make_programme()

    page = words(sari.open(f"program/{programme.slug}/"))
    refused = sari.open(f"program/{programme.slug}/nama/")

    assert "Change" not in page.split("<main")[1]
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("part", "fields", "status"),
    [
        ("nama/", {"name_id": "", "name_en": "x", "organiser": "x"}, 422),
        ("nama/", {"name_id": "\x00", "name_en": "x", "organiser": "x"}, 422),
        ("hari/", {"starts_on": "besok", "ends_on": "2020-05-23", "root_region": "31"}, 422),
        ("hari/", {"starts_on": "2020-05-23", "ends_on": "2020-05-01", "root_region": "31"}, 422),
        ("hari/", {"starts_on": "2020-05-20", "ends_on": "2020-05-23", "root_region": "31"}, 409),
        ("hari/", {"starts_on": "2020-05-01", "ends_on": "2020-05-23", "root_region": "99"}, 422),
        ("setelan/", {"follow_up_hours": "-1"}, 422),
        ("setelan/", {"follow_up_hours": "99999999999999999999"}, 422),
        ("siaran-pers/", {"release_place": "x", "website": "javascript:alert(1)"}, 422),
        ("jenis-tempat/", {"jenis": "0"}, 422),
        ("jenis-tempat/", {"jenis": "x' OR 1=1"}, 422),
        ("dua-petugas/", {"langkah": "TERBANG"}, 422),
        ("fase/baru/", {"starts_on": "2019-01-01", "ends_on": "2019-01-02"}, 409),
        ("fase/2/", {"starts_on": "", "ends_on": "2020-05-23"}, 422),
        ("bantuan/baru/", LOAN | {"slug": "dua kata"}, 422),
        ("bantuan/baru/", LOAN | {"unit": "TON"}, 422),
        ("bantuan/baru/", LOAN | {"reference_price": "1.5"}, 422),
        ("bantuan/baru/", LOAN | {"slug": "sembako"}, 409),
        ("bantuan/sembako/", LOAN, 409),
        ("aturan/baru/", EACH | {"jenis": "rw", "bantuan": "sembako", "kali": "0"}, 422),
        ("aturan/baru/", EACH | {"jenis": "rw", "bantuan": "sembako", "fase": "9"}, 422),
        ("aturan/baru/", EACH | {"jenis": "rw", "bantuan": "sembako"}, 409),
        ("kebutuhan/", {"fase": "9"}, 422),
        ("terbitkan/", {"alasan": "sudah terbit"}, 409),
        ("tutup/", {"alasan": "  "}, 422),
        ("buka/", {"alasan": "belum tutup"}, 409),
    ],
)
def test_what_cannot_be_is_said_and_not_written(
    dewi: Officer, part: str, fields: dict[str, str], status: int
) -> None:
    programme = make_need().phase.programme
    programme.target_kinds.add(make_kind())
    make_rule()
    page = f"program/{programme.slug}/{part}"
    before = list(Programme.objects.values())

    answer = dewi.post(page, dewi.form(page) | fields)

    assert answer.status_code == status
    assert complaint(answer) != []
    assert list(Programme.objects.values()) == before


@pytest.mark.parametrize("key", ["0", "999999", "9" * 30, "x"])
def test_unknown_parts_are_not_found(dewi: Officer, key: str) -> None:
    slug = make_programme().slug

    pages = [f"program/{key}/", f"program/{slug}/fase/{key}/", f"program/{slug}/aturan/{key}/"]
    pages += [f"program/{slug}/bantuan/{key}/", f"jenis-tempat/{key}/"]

    assert {dewi.open(page).status_code for page in pages} == {404}
