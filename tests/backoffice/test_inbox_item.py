"""A thing of the inbox: what comes next, who works on it, and who was first."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from ksbb.accounts.enums import Role
from ksbb.accounts.models import User
from ksbb.audit.models import Entry
from ksbb.collaborators.enums import Verification as GiverVerification
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.models import Commitment
from ksbb.needs.enums import Verification
from ksbb.needs.models import Target
from ksbb.rights.models import Assignment, Posting
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.accounts import make_user
from tests.factories.batches import make_batch, make_ground
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import NOON, make_commitment
from tests.factories.deliveries import answer as confirm
from tests.factories.deliveries import bring, make_planned
from tests.factories.funds import make_permit
from tests.factories.needs import VILLAGE, make_need, make_target
from tests.factories.programmes import make_programme
from tests.factories.regions import make_region
from tests.factories.suggestions import make_suggestion

pytestmark = pytest.mark.django_db

KIND = {"kotak": "jenis=sasaran"}
NOTE = re.compile(r'class="note note--warning" role="status"><p>(.*?)</p>')


def waiting(name: str = "RW", *, hours: int = 1, **fields: Any) -> Target:
    """Return a place that has waited for so many hours."""
    return make_target(
        name=name,
        verification=Verification.PENDING,
        entered_at=NOON - timedelta(hours=hours),
        **fields,
    )


def page_of(thing: Target | Collaborator | Commitment) -> str:
    """Return the address of a thing's page on the desk."""
    if isinstance(thing, Target):
        return f"sasaran/{thing.code}/"
    return (
        f"kolaborator/{thing.slug}/"
        if isinstance(thing, Collaborator)
        else (f"komitmen/{thing.code}/")
    )


def assign_page(target: Target) -> str:
    """Return the address at which a place is given to an officer."""
    return f"kotak-masuk/sasaran/{target.pk}/petugas/"


def test_after_a_decision_the_next_thing_is_shown_and_after_the_last_the_inbox(
    sari: Officer,
) -> None:
    first, second = waiting(hours=9), waiting(hours=5)
    make_collaborator(verification=GiverVerification.PENDING)

    led = sari.send(f"{page_of(first)}verifikasi/", page=page_of(first), **KIND)
    end = sari.send(f"{page_of(second)}tolak/", page=page_of(second), alasan="Ganda", **KIND)

    assert led.headers["Location"].startswith(f"/en/pokja/{page_of(second)}?kotak=jenis%3Dsasaran")
    assert end.headers["Location"].startswith("/en/pokja/kotak-masuk/?jenis=sasaran")


def test_in_the_whole_inbox_another_kind_may_come_next(sari: Officer) -> None:
    giver = make_collaborator(verification=GiverVerification.PENDING)
    place = waiting()

    led = sari.send(f"{page_of(giver)}verifikasi/", page=page_of(giver), kotak="jenis=")

    assert led.headers["Location"].startswith(f"/en/pokja/{page_of(place)}?kotak=")


def test_who_came_from_elsewhere_stays_on_the_page(sari: Officer) -> None:
    place = waiting()

    led = sari.send(f"{page_of(place)}verifikasi/", page=page_of(place))

    assert led.headers["Location"] == f"/en/pokja/{page_of(place)}"


def test_a_thing_is_passed_over_without_a_decision(sari: Officer) -> None:
    first, second = waiting(hours=9), waiting(hours=5)

    asked = f"kotak-masuk/berikut/?kotak=jenis%3Dsasaran&setelah=sasaran.{first.pk}"

    assert page_of(second) in sari.open(asked).headers["Location"]
    assert sari.open("kotak-masuk/berikut/?setelah=x.y").status_code == 302


@pytest.mark.parametrize("verb", ["verifikasi/", "tolak/"])
def test_the_second_officer_sees_what_the_first_one_did(
    verb: str, sari: Officer, budi: Officer
) -> None:
    place = waiting("RW satu")
    hers = sari.form(page_of(place)) | {"alasan": "Ganda"}
    budi.send(f"{page_of(place)}tolak/", page=page_of(place), alasan="Tidak ada")

    told = sari.post(f"{page_of(place)}{verb}", hers)

    place.refresh_from_db()
    assert (told.status_code, place.verification) == (409, Verification.REFUSED)
    assert NOTE.findall(words(told)) == [
        (
            "Somebody else was first, so your decision changed nothing. "
            "Budi, 1 May 2020 at 12:00 WIB: Place refused. “Tidak ada”"
        )
    ]
    assert complaint(told) == []


def test_the_second_officer_sees_it_also_with_givers_and_commitments(
    sari: Officer, budi: Officer
) -> None:
    giver = make_collaborator(verification=GiverVerification.PENDING)
    promise = make_commitment()
    for thing, verb in ((giver, "verifikasi/"), (promise, "terima/")):
        hers = sari.form(page_of(thing))
        budi.send(page_of(thing) + verb, page=page_of(thing))

        told = sari.post(page_of(thing) + verb, hers)

        assert told.status_code == 409
        assert "Budi, 1 May 2020 at 12:00 WIB" in NOTE.findall(words(told))[0]


def test_a_decision_sent_twice_acts_once_and_leads_on(sari: Officer) -> None:
    place = waiting()
    form = sari.form(page_of(place)) | KIND

    answers = [sari.post(f"{page_of(place)}verifikasi/", form) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    assert Entry.objects.filter(action="needs.target_verified").count() == 1


def test_a_thing_is_taken_given_and_let_go_and_the_audit_says_so(
    sari: Officer, budi: Officer
) -> None:
    place = waiting()
    people = {one.name: one for one in User.objects.filter(role=Role.POKJA)}
    page = assign_page(place)

    sari.send(page, petugas=str(people["Sari"].pk))
    assert "With Sari since 1 May 2020 at 12:00 WIB" in words(sari.open(page))
    sari.send(page, petugas=str(people["Budi"].pk), semula=str(people["Sari"].pk))
    budi.send(page, petugas="", semula=str(people["Budi"].pk))

    assert Assignment.objects.count() == 0
    changes = Entry.objects.filter(action="rights.assign").order_by("pk")
    assert [one.changes["officer"] for one in changes] == [
        [None, "Sari"],
        ["Sari", "Budi"],
        ["Budi", None],
    ]


def test_who_takes_what_somebody_has_taken_meanwhile_is_told_who_and_when(
    sari: Officer, budi: Officer
) -> None:
    place = waiting()
    people = {one.name: str(one.pk) for one in User.objects.filter(role=Role.POKJA)}
    page = assign_page(place)
    hers = sari.form(page) | {"petugas": people["Sari"]}
    budi.send(page, petugas=people["Budi"])

    told = sari.post(page, hers)

    assert (told.status_code, Assignment.objects.get().officer.name) == (409, "Budi")
    assert complaint(told) == [
        "Budi took this on 1 May 2020 at 12:00 WIB. Whoever wants it asks there first."
    ]


def test_nothing_is_given_to_somebody_who_may_not_decide_about_it(sari: Officer) -> None:
    place = waiting()

    told = sari.send(assign_page(place), petugas=str(make_user("tamu@example.org").pk))

    assert told.status_code == 422
    assert complaint(told) == ["Who works on it? This officer may not decide about it."]


def test_an_officer_of_an_area_takes_what_lies_in_it_and_gives_nothing_to_others(
    sari: Officer,
) -> None:
    make_programme()
    wati = make_user("wati@example.org", role=Role.AREA)
    Posting.objects.create(user=wati, region=make_region(VILLAGE), since=NOON)
    here, there = waiting(), waiting(village="31.75.01.1001")
    hers = Officer(wati)
    others = str(User.objects.get(name="Sari").pk)

    assert hers.send(assign_page(here), petugas=str(wati.pk)).status_code == 302
    assert hers.open(assign_page(there)).status_code == 403
    assert hers.send(assign_page(here), petugas=others, semula=str(wati.pk)).status_code == 403
    assert Assignment.objects.get().officer == wati
    assert str(wati.pk) in words(sari.open(assign_page(here)))


def test_after_a_suggestion_a_permit_a_difference_and_a_file_the_next_thing_is_shown(
    sari: Officer, settings: Settings, tmp_path: Path
) -> None:
    settings.BATCH_INBOX = tmp_path / "inbox"
    after = f"/en/pokja/{page_of(waiting(hours=0))}?kotak="
    told = make_suggestion(make_target())
    delivery = bring(make_planned({make_need(100): 60}))
    confirm(delivery, less=5)
    line = delivery.lines.get()
    holder = make_collaborator("ACT", slug="act", is_aggregator=True)
    permit = make_permit(holder, valid_until=NOON.date())
    make_ground()
    batch = make_batch({7: 80})
    box = {"kotak": "jenis="}
    suspend = f"kolaborator/act/izin/{permit.pk}/tangguhkan/"
    steps = {
        suspend: {"page": "kolaborator/act/izin/", "alasan": "Diperiksa"},
        f"usulan/{told.pk}/terima/": {"page": f"usulan/{told.pk}/", "alasan": "Sesuai"},
        f"penyaluran/{delivery.pk}/koreksi/{line.pk}/": {
            "disalurkan": "60",
            "diterima": "60",
            "alasan": "Dihitung ulang",
        },
        f"impor/{batch.pk}/buang/": {"page": f"impor/{batch.pk}/"},
    }

    for path, typed in steps.items():
        led = sari.send(path, **typed, **box).headers["Location"]
        assert "?kotak=jenis%3D" in led, path
    assert led.startswith(after)
    assert sari.send(f"kotak-masuk/usulan/{told.pk}/petugas/", petugas="").status_code == 302


def test_a_suggestion_says_until_when_it_waits_and_who_has_it(sari: Officer) -> None:
    told = make_suggestion(make_target())
    officer = str(User.objects.get(name="Sari").pk)

    sari.send(f"kotak-masuk/usulan/{told.pk}/petugas/", petugas=officer)

    for page in ("usulan/", f"usulan/{told.pk}/"):
        shown = words(sari.open(page))
        assert "With Sari" in shown
        assert "Due " in shown
