"""One list of all that waits for a decision: in order, counted, narrowed, within one's rights."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from ksbb.accounts.enums import Role
from ksbb.accounts.models import User
from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.collaborators.enums import Verification as GiverVerification
from ksbb.collaborators.models import Permit
from ksbb.needs.enums import Verification
from ksbb.needs.models import Target
from ksbb.rights.actions.approvals import ask
from ksbb.rights.actions.assign import assign
from ksbb.rights.enums import Step
from ksbb.rights.models import Posting
from tests.backoffice.desk import Officer, words
from tests.factories.accounts import make_pokja, make_user
from tests.factories.batches import make_batch, make_ground
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DELIVERY_DAY, NOON, make_commitment
from tests.factories.deliveries import answer, bring, make_planned
from tests.factories.needs import VILLAGE, make_target
from tests.factories.programmes import make_programme
from tests.factories.regions import make_region
from tests.factories.suggestions import make_suggestion

pytestmark = pytest.mark.django_db

NAMES = re.compile(r'<p class="what">(?:<input[^>]*> )?<a [^>]*>(.*?)</a>')
TOTALS = re.compile(r'jenis=([a-z]+)"[^>]*><span class="total">(\d+)</span>')
LATE = re.compile(r">(\d+) overdue<")
ELSEWHERE = "31.75.01.1001"


def waiting(name: str = "RW", *, hours: int = 1, **fields: Any) -> Target:
    """Return a place that has waited for so many hours."""
    return make_target(
        name=name,
        verification=Verification.PENDING,
        entered_at=NOON - timedelta(hours=hours),
        **fields,
    )


def names(officer: Officer, query: str = "") -> list[str]:
    """Return what stands in the inbox, in order."""
    return NAMES.findall(words(officer.open(f"kotak-masuk/{query}")))


def totals(officer: Officer, query: str = "") -> dict[str, int]:
    """Return the counts of the kinds."""
    page = words(officer.open(f"kotak-masuk/{query}"))
    return {kind: int(count) for kind, count in TOTALS.findall(page)}


def one_of_each(settings: Settings, tmp_path: Path) -> None:
    """Let one thing of every kind wait."""
    settings.BATCH_INBOX = tmp_path / "inbox"
    make_ground()
    make_batch({7: 20})
    make_suggestion(make_target())
    make_commitment()
    make_collaborator(verification=GiverVerification.PENDING)
    answer(bring(make_planned(planned_for=DELIVERY_DAY)), less=5)
    waiting()
    aggregator = make_collaborator(is_aggregator=True)
    Permit.objects.create(
        collaborator=aggregator, number="1", issuer="Kemensos", valid_until=date(2020, 5, 20)
    )
    asker = Actor(user=make_pokja(), channel=Channel.WEB)
    ask(step=Step.REFUSE_GIVER, obj=aggregator, payload={}, reason="Contoh", actor=asker, now=NOON)


def test_every_kind_that_waits_is_counted_and_listed_once(
    sari: Officer, settings: Settings, tmp_path: Path
) -> None:
    one_of_each(settings, tmp_path)

    assert set(totals(sari).values()) == {1}
    assert len(totals(sari)) == len(names(sari)) == 8


def test_what_is_due_first_stands_on_top_whatever_it_is(sari: Officer) -> None:
    waiting("jatuh tempo besok", hours=48)
    waiting("lewat", hours=80)
    make_collaborator(
        "jatuh tempo tadi",
        verification=GiverVerification.PENDING,
        created_at=NOON - timedelta(hours=49),
    )

    page = words(sari.open("kotak-masuk/"))

    assert NAMES.findall(page) == ["lewat", "jatuh tempo tadi", "jatuh tempo besok"]
    assert page.count("Overdue since") == 2
    assert LATE.findall(page) == ["1", "1"]


def test_the_list_is_narrowed_by_kind_area_and_due_time(sari: Officer) -> None:
    waiting("lewat", hours=80)
    waiting("di sana", village=ELSEWHERE)
    make_collaborator("pemberi", verification=GiverVerification.PENDING)
    make_programme()

    assert names(sari, "?jenis=kolaborator") == ["pemberi"]
    assert names(sari, "?tenggat=lewat") == ["pemberi", "lewat"]
    assert names(sari, f"?wilayah={ELSEWHERE[:8]}") == ["di sana"]
    assert totals(sari, f"?wilayah={ELSEWHERE[:8]}") == {
        "komitmen": 0,
        "selisih": 0,
        "usulan": 0,
        "berkas": 0,
        "sasaran": 1,
    }


def test_nonsense_is_named_and_the_whole_list_shown(sari: Officer) -> None:
    waiting("tetap ada")

    answered = sari.open("kotak-masuk/?jenis=x&wilayah=y&petugas=z&tenggat=w&hal=-7")

    assert answered.status_code == 400
    assert NAMES.findall(words(answered)) == ["tetap ada"]


def test_the_list_goes_on_over_pages(sari: Officer) -> None:
    for number in range(25):
        waiting(f"RW {number:02d}", hours=80 - number)

    assert names(sari)[-1] == "RW 19"
    assert names(sari, "?hal=2") == [f"RW {number:02d}" for number in range(20, 25)]


def test_a_place_says_how_old_its_count_is_and_what_stands_beside_it(sari: Officer) -> None:
    bring(make_planned())
    make_target(families=300)
    waiting("baru", families=900, source="Kelurahan", counted_on=NOON.date() - timedelta(days=9))

    page = re.sub(r"\s+", " ", words(sari.open("kotak-masuk/")))

    assert "900 vulnerable families" in page
    assert "Counted 22 April 2020, 1 week, 2 days ago; Kelurahan" in page
    assert "2 neighbours, the middle one: 200; nothing was brought here yet" in page


def test_a_collaborator_says_whom_it_resembles_and_shows_no_contact(sari: Officer) -> None:
    make_collaborator("PT Contoh")
    make_collaborator("Contoh", verification=GiverVerification.PENDING)

    page = words(sari.open("kotak-masuk/"))

    assert "same name, same e-mail address (verified)" in page
    assert "kontak@example.org" not in page


def test_a_permit_that_a_later_one_follows_or_that_is_suspended_waits_for_nobody(
    sari: Officer,
) -> None:
    ends = NOON.date() + timedelta(days=30)
    for name, *papers in (
        ("berakhir", ends),
        ("nanti", ends + timedelta(days=1)),
        ("diganti", ends, ends + timedelta(days=300)),
    ):
        holder = make_collaborator(name, is_aggregator=True)
        for number, day in enumerate(papers):
            Permit.objects.create(
                collaborator=holder, number=str(number), issuer="Kemensos", valid_until=day
            )
    Permit.objects.create(
        collaborator=make_collaborator("ditangguhkan", is_aggregator=True),
        number="1",
        issuer="Kemensos",
        valid_until=ends,
        suspended_at=NOON,
        suspended_because="Contoh",
    )

    assert names(sari) == ["berakhir"]


@pytest.fixture
def wati() -> Officer:
    """Return an officer of the kelurahan of most places."""
    user = make_user("wati@example.org", role=Role.AREA)
    Posting.objects.create(user=user, region=make_region(VILLAGE), since=NOON)
    return Officer(user)


def test_an_officer_of_an_area_sees_its_places_and_nothing_else(
    wati: Officer, settings: Settings, tmp_path: Path
) -> None:
    one_of_each(settings, tmp_path)
    waiting("di sana", village=ELSEWHERE)

    assert totals(wati) == {"daftar": 0, "sasaran": 1}
    assert names(wati) == ["RW"]
    assert wati.open(f"kotak-masuk/?wilayah={ELSEWHERE}").status_code == 400
    assert wati.open().headers["Location"] == "/en/pokja/kotak-masuk/"


def given(target: Target, officer: User, now: datetime = NOON) -> None:
    """Give a place to an officer."""
    actor = Actor(user=officer, channel=Channel.WEB)
    assign(obj=target, officer=officer, expected=None, actor=actor, now=now)


def test_the_list_is_narrowed_by_officer(sari: Officer) -> None:
    hers, his = User.objects.get(name="Sari"), make_pokja("budi@example.org")
    given(waiting("punya Sari"), hers)
    given(waiting("punya Budi"), his)
    waiting("bebas")

    assert names(sari, "?petugas=saya") == ["punya Sari"]
    assert names(sari, f"?petugas={his.pk}") == ["punya Budi"]
    assert names(sari, "?petugas=bebas") == ["bebas"]
    assert "With budi@example.org" in words(sari.open("kotak-masuk/"))


def test_the_inbox_asks_the_database_as_often_for_many_as_for_one(
    sari: Officer, settings: Settings, tmp_path: Path
) -> None:
    one_of_each(settings, tmp_path)
    bring(make_planned(), now=NOON)
    with CaptureQueriesContext(connection) as once:
        sari.open("kotak-masuk/")
    for number in range(2):
        waiting(f"lagi {number}", village=f"31.74.05.100{number + 3}")
        make_commitment()
        make_collaborator(verification=GiverVerification.PENDING)
        answer(bring(make_planned(planned_for=DELIVERY_DAY)), less=5)

    with CaptureQueriesContext(connection) as often:
        sari.open("kotak-masuk/")

    assert len(often) == len(once)
