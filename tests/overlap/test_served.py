"""Aid of other sources stands beside the book and in none of its numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from ksbb.audit.models import Entry
from ksbb.needs.models import Need
from ksbb.overlap.actions.enter import Facts, ServedRefusedError, enter
from ksbb.overlap.actions.take_back import take_back
from ksbb.overlap.enums import Source
from ksbb.overlap.models import Served
from ksbb.overlap.queries import served_to
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.accounts import make_pokja
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_kind, make_programme

pytestmark = pytest.mark.django_db

FACTS = Facts(
    quantity=30,
    kind=Source.GOVERNMENT,
    source="Bansos PSBB",
    day=date(2020, 5, 1),
    document="Surat 12/2020",
)


@pytest.fixture
def need(settings: Settings) -> Need:
    settings.KSBB_CLOCK = NOON.isoformat()
    make_programme().target_kinds.set([make_kind()])
    return make_need(100)


@pytest.fixture
def officer() -> Officer:
    return Officer(make_pokja("pokja@example.org"))


def served(need: Need, facts: Facts = FACTS, **by: Any) -> Served:
    given: dict[str, Any] = {"actor": DESK, "now": NOON} | by
    return enter(target=need.target, phase=need.phase, aid_type=need.aid_type, facts=facts, **given)


def test_an_entry_is_written_on_the_page_of_its_place(need: Need, officer: Officer) -> None:
    page = f"sasaran/{need.target.code}/sudah-dilayani/"
    fields = {
        "bantuan": "sembako",
        "fase": "2",
        "jumlah": "30",
        "jenis": "GOVERNMENT",
        "sumber": "Bansos PSBB, Ibu Contoh 081234567890",
        "tanggal": "2020-05-01",
        "dokumen": "Surat 12/2020",
    }

    answer = officer.send(page, **fields)
    silent = officer.send(page, **fields | {"dokumen": ""})
    again = officer.send(page, **fields)

    row = Served.objects.get()
    assert answer.status_code == 302
    assert (row.delta, row.source, row.entry.actor and row.entry.actor.email) == (
        30,
        "Bansos PSBB, Ibu Contoh …",
        "pokja@example.org",
    )
    assert (silent.status_code, complaint(silent)) == (422, ["Write which document says so."])
    assert complaint(again) == ["This very aid is written down already: 30 on record."]


def test_no_counter_of_a_need_moves(need: Need) -> None:
    served(need)

    need.refresh_from_db()
    assert (need.committed, need.open, served_to([need])) == (0, 100, {need.pk: 30})


def test_an_entry_is_taken_back_by_a_row_and_never_changed(need: Need, officer: Officer) -> None:
    row = served(need)
    page = f"sasaran/{need.target.code}/sudah-dilayani/"

    officer.send(f"sudah-dilayani/{row.pk}/tarik/", page=page, alasan="salah RW")
    again = officer.send(f"sudah-dilayani/{row.pk}/tarik/", page=page, alasan="salah RW")

    assert list(Served.objects.values_list("delta", "takes_back")) == [(30, None), (-30, row.pk)]
    assert served_to([need]) == {}
    assert complaint(again) == ["This entry is taken back already."]
    assert "salah RW" in words(officer.open(page))
    for act in (Served.objects.update, Served.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act(**({"delta": 1} if act == Served.objects.update else {}))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"quantity": 0}, "The quantity must be at least 1."),
        ({"day": date(2020, 5, 2)}, "This day is still to come. Enter what was brought."),
        ({"document": ""}, "Say who brought it and which document says so."),
    ],
)
def test_what_is_no_entry_is_refused_with_a_sentence(
    changed: dict[str, Any], why: str, need: Need
) -> None:
    facts = Facts(**{name: getattr(FACTS, name) for name in FACTS.__dict__} | changed)

    with translation.override("en"), pytest.raises(ServedRefusedError) as refused:
        served(need, facts)

    assert str(refused.value) == why
    assert Served.objects.count() == 0


def test_the_same_request_enters_and_takes_back_once(need: Need) -> None:
    first = served(need, idempotency_key="a")
    by: dict[str, Any] = {"actor": DESK, "now": NOON, "idempotency_key": "b"}
    back = take_back(served_id=first.pk, reason="keliru", **by)

    assert served(need, idempotency_key="a") == first
    assert take_back(served_id=first.pk, reason="keliru", **by) == back
    assert Entry.objects.filter(action__startswith="overlap.").count() == 2


def test_the_public_sees_it_as_another_source_everywhere(need: Need, client: Client) -> None:
    served(need)

    place = words(client.get(f"/en/sasaran/{need.target.code}/"))
    listed = words(client.get("/en/sasaran/"))
    table = words(client.get(f"/en/peta/?tingkat=tempat&wilayah={need.target.region_id[:13]}"))
    file: Any = client.get("/sasaran.csv")
    (told,) = client.get("/api/v1/needs").json()["items"]

    assert "Bansos PSBB (government aid)" in place
    assert "Nobody yet. You can be the first." in place
    assert "Besides, from other sources: 30" in listed
    assert '<td class="right number">30</td>' in table
    assert ",0,0,0,100,0.0,30," in file.getvalue().decode()
    assert (told["committed"], told["open"], told["served_by_others"]) == (0, 100, 30)


@pytest.mark.usefixtures("need")
def test_a_place_of_another_programme_is_refused() -> None:
    other = make_need(10, target=make_target("panti"))

    with pytest.raises(ServedRefusedError):
        served(other)
