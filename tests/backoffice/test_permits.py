"""The working group writes permits down, suspends and restores them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.audit.queries import newest_entry_id
from ksbb.collaborators.models import Collaborator
from ksbb.programmes.models import FourEyes
from ksbb.rights.actions.approvals import ask
from ksbb.rights.enums import Step
from ksbb.rights.models import Approval
from tests.factories.accounts import make_pokja
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import NOON
from tests.factories.funds import make_aggregator, make_confirmed, make_gift, make_lot, set_aside
from tests.factories.needs import make_need
from tests.factories.programmes import make_programme
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


def test_a_suspension_says_first_what_it_leaves_open(officer: Client, settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()
    act = make_aggregator("ACT", slug="act")
    make_gift(aggregator=act)
    make_confirmed(1_000_000, aggregator=act)
    make_lot(4, 200_000, aggregator=act)
    set_aside(act, {make_need(9): 3})
    make_aggregator("PMI")
    make_aggregator("Dompet").permits.update(valid_until=date(2020, 4, 1))

    page = words(officer.get("/en/pokja/kolaborator/act/izin/"))

    for word, figure in (
        ("Gifts that wait for a decision", "1"),
        ("Money not spent yet", "IDR 200,000"),
        ("Packages in stock", "1"),
        ("Packages set aside for places", "3"),
        ("Commitments that are not finished", "1"),
    ):
        assert f'<dt>{word}</dt><dd class="number">{figure}</dd>' in page
    after = page.partition("Who else can take gifts")[2].partition("</section>")[0]
    assert [name in after for name in ("PMI", "Dompet", "ACT")] == [True, False, False]


def test_where_nobody_else_may_collect_the_suspension_says_so(
    officer: Client, settings: Settings
) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()
    make_aggregator("ACT", slug="act")
    make_programme()

    assert "nobody else" in words(officer.get("/en/pokja/kolaborator/act/izin/"))


def test_a_suspension_takes_two_where_the_programme_marks_it(officer: Client) -> None:
    act = make_aggregator("ACT", slug="act")
    FourEyes.objects.create(programme=make_programme(), step=Step.SUSPEND)
    permit, second = act.permits.get(), Client()
    second.force_login(make_pokja("dua@example.org"))

    officer.post(
        f"/en/pokja/kolaborator/act/izin/{permit.pk}/tangguhkan/",
        {"alasan": "diperiksa", "kunci": "1"},
    )
    permit.refresh_from_db()
    asked = Approval.objects.get()
    assert (permit.suspended_at, "ACT" in asked.object_name) == (None, True)
    seen = newest_entry_id(asked)
    page = f"/en/pokja/persetujuan/{asked.pk}/"
    second.post(f"{page}setuju/", {"kunci": "2", "terlihat": str(seen)})

    permit.refresh_from_db()
    assert permit.suspended_because == "diperiksa"


def test_a_suspension_asked_for_under_the_mark_of_refusing_is_not_asked_for_again(
    officer: Client,
) -> None:
    act = make_aggregator("ACT", slug="act")
    FourEyes.objects.create(programme=make_programme(), step=Step.SUSPEND)
    permit, other = act.permits.get(), make_pokja("dua@example.org")
    ask(
        step=Step.REFUSE_GIVER,
        obj=permit,
        payload={},
        reason="diperiksa",
        actor=Actor(user=other, channel=Channel.WEB),
        now=NOON,
    )

    answer = officer.post(
        f"/en/pokja/kolaborator/act/izin/{permit.pk}/tangguhkan/",
        {"alasan": "diperiksa", "kunci": "1"},
    )

    assert (answer.status_code, Approval.objects.count()) == (409, 1)


def test_the_desk_names_permits_that_end_within_thirty_days(
    officer: Client, settings: Settings
) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()
    act = make_aggregator("ACT", slug="act")
    act.permits.update(valid_until=date(2020, 5, 31))
    make_aggregator("PMI")

    desk = words(officer.get("/en/pokja/"))
    page = words(officer.get("/en/pokja/kolaborator/act/izin/"))

    assert "Permits that end within 30 days" in desk
    assert "ACT: CONTOH-1</a>, 31 May 2020" in desk
    assert "PMI" not in desk
    assert "ends soon" in page
