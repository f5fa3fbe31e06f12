from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.decide import accept
from ksbb.commitments.models import Commitment
from ksbb.deliveries.actions.move_day import move_day
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.deliveries import bring, plan_it
from tests.factories.needs import make_need, make_target
from tests.portal.member import Member


@pytest.fixture
def giver() -> Collaborator:
    return make_collaborator("PT Contoh")


def file(member: Member, path: str) -> list[str]:
    """Return the unfolded lines of a calendar file."""
    answer = member.open(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"].endswith('.ics"')
    return answer.content.decode().replace("\r\n ", "").split("\r\n")


def values(lines: list[str], name: str) -> list[str]:
    return [line.partition(":")[2] for line in lines if re.match(f"{name}[;:]", line)]


def of(commitment: Commitment, member: Member) -> list[str]:
    return file(member, f"komitmen/{commitment.code}/kalender.ics")


def test_each_place_has_its_day_and_its_address(giver: Collaborator) -> None:
    place = make_target(name="Panti; Kasih, Ibu", address="Jl. Contoh 1")
    commitment = plan_it(
        make_commitment({make_need(target=place): 40, make_need(): 5}, collaborator=giver)
    )

    lines = of(commitment, Member(giver))

    assert values(lines, "DTSTART") == ["20200503T080000Z", "20200503T080000Z"]
    assert values(lines, "LOCATION")[0] == "Panti\\; Kasih\\, Ibu\\, Jl. Contoh 1"
    assert len(set(values(lines, "UID"))) == 2
    assert "SUMMARY:KSBB: bring 40 sembako (English) to Panti\\; Kasih\\, Ibu" in lines


def test_the_end_of_the_time_to_call_stands_in_it(giver: Collaborator) -> None:
    commitment = make_commitment(collaborator=giver)
    accept(commitment_id=commitment.pk, actor=DESK, now=NOON)

    lines = of(commitment, Member(giver))

    assert values(lines, "DTEND")[0] == "20200503T050000Z"
    assert values(lines, "STATUS") == ["CONFIRMED", "TENTATIVE"]


def test_a_day_that_moves_replaces_the_entry(giver: Collaborator) -> None:
    commitment = plan_it(make_commitment(collaborator=giver))
    delivery = commitment.deliveries.get()
    path = f"penyaluran/{delivery.pk}/kalender.ics"
    member = Member(giver)
    before = file(member, path)

    move_day(
        delivery_id=delivery.pk,
        planned_for=date(2020, 5, 5),
        delivery_window="",
        actor=DESK,
        now=NOON,
    )

    after = file(member, path)
    assert values(before, "UID") == values(after, "UID")
    assert int(values(before, "SEQUENCE")[0]) < int(values(after, "SEQUENCE")[0])
    assert "DTSTART;VALUE=DATE:20200505" in after


def test_what_was_brought_or_withdrawn_has_no_day(giver: Collaborator) -> None:
    member = Member(giver)
    done = plan_it(make_commitment(collaborator=giver))
    delivery = bring(done)
    gone = plan_it(make_commitment(collaborator=giver), now=NOON + timedelta(minutes=1))
    cancel(commitment_id=gone.pk, reason="batal", actor=DESK, now=NOON)

    assert member.open(f"penyaluran/{delivery.pk}/kalender.ics").status_code == 404
    assert values(of(gone, member), "UID") == []
