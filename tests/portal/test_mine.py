"""What a member sees first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.decide import accept
from ksbb.commitments.models import Commitment
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.deliveries import answer, bring, plan_it
from tests.factories.needs import make_need
from tests.portal.member import Member, words


@pytest.fixture
def giver() -> Collaborator:
    return make_collaborator("PT Contoh")


def accepted(giver: Collaborator, *, hours_ago: int = 0) -> Commitment:
    made = make_commitment(collaborator=giver)
    return accept(commitment_id=made.pk, actor=DESK, now=NOON - timedelta(hours=hours_ago))


def codes(member: Member) -> list[str]:
    """Return the codes of what is not closed, in the order of the page."""
    groups = member.open().context["groups"]
    return [row.commitment.code for group in groups for row in group.rows]


def step(member: Member) -> tuple[str, str]:
    """Return the next step of the only commitment and the text of its button."""
    page = member.open().context
    rows = [row for group in page["groups"] for row in group.rows] + page["closed"]
    return rows[0].step.text, rows[0].step.button


def test_the_most_urgent_stands_first(giver: Collaborator) -> None:
    waiting = make_commitment(collaborator=giver)
    planned = plan_it(make_commitment(collaborator=giver))
    soon = accepted(giver, hours_ago=40)
    overdue = accepted(giver, hours_ago=50)
    fresh = accepted(giver)

    assert codes(Member(giver)) == [one.code for one in (overdue, soon, fresh, planned, waiting)]


def test_the_clock_says_what_is_left_and_when_it_ends(giver: Collaborator) -> None:
    accepted(giver, hours_ago=46)

    page = words(Member(giver).open())

    assert "2 hours 0 minutes left, until 1 May 2020 at 14:00 WIB" in page


def test_an_overdue_commitment_can_still_be_saved(giver: Collaborator) -> None:
    accepted(giver, hours_ago=49)
    member = Member(giver)

    assert "The time ran out on 1 May 2020 at 11:00 WIB." in words(member.open())
    assert step(member)[1] == "Write down the agreed day"


def test_each_state_has_one_next_step(giver: Collaborator, settings: Settings) -> None:
    commitment = make_commitment(collaborator=giver)
    member = Member(giver)
    assert step(member)[1] == "See the commitment"

    plan_it(commitment)
    assert step(member)[1] == "Record the delivery"
    settings.KSBB_CLOCK = (NOON + timedelta(days=4)).isoformat()
    assert step(member)[0].startswith("Sunday, 3 May 2020 is over")

    delivery = bring(commitment)
    assert step(member)[1] == "Link for the receiver"

    answer(delivery, less=1)
    assert step(member) == (
        "1 are not confirmed. The working group settles the difference.",
        "See the difference",
    )


def test_what_is_received_leads_to_the_proof_and_what_ended_to_a_new_gift(
    giver: Collaborator,
) -> None:
    done = plan_it(make_commitment(collaborator=giver))
    answer(bring(done))
    member = Member(giver)
    assert step(member)[1] == "See the proof"

    ended = make_commitment(collaborator=giver)
    cancel(commitment_id=ended.pk, reason="batal", actor=DESK, now=NOON)
    assert step(member)[1] == "Give again"


def test_a_member_of_several_sees_all_by_giver(giver: Collaborator) -> None:
    other, silent = make_collaborator("Yayasan Contoh"), make_collaborator("Zakat Contoh")
    one, two = make_commitment(collaborator=giver), make_commitment(collaborator=other)
    make_commitment()

    groups = Member(giver, other, silent).open().context["groups"]

    shown = {one.collaborator: [row.commitment for row in one.rows] for one in groups}
    assert shown == {giver: [one], other: [two], silent: []}


def test_whoever_acts_for_nobody_is_told_what_to_do() -> None:
    page = words(Member().open())

    assert "Your account does not act for any giver yet." in page


def test_the_page_asks_as_often_for_six_commitments_as_for_two(
    giver: Collaborator, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = Member(giver)

    def make_both() -> None:
        needs = {make_need(): 1, make_need(): 1}
        plan_it(make_commitment(needs, collaborator=giver))
        answer(bring(plan_it(make_commitment(collaborator=giver))))

    make_both()
    with django_assert_num_queries(13):
        member.open()
    make_both()
    make_both()

    with django_assert_num_queries(13):
        member.open()


def test_one_commitment_asks_as_often_for_three_places_as_for_one(
    giver: Collaborator, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = Member(giver)
    one = plan_it(make_commitment({make_need(): 1}, collaborator=giver))
    three = plan_it(
        make_commitment({make_need(): 1, make_need(): 1, make_need(): 1}, collaborator=giver)
    )
    with django_assert_num_queries(12):
        member.open(f"komitmen/{one.code}/")

    with django_assert_num_queries(12):
        member.open(f"komitmen/{three.code}/")


def test_only_members_are_led_to_their_page(giver: Collaborator) -> None:
    assert 'href="/en/saya/"' in words(Member(giver).client.get("/en/panduan/"))
    assert 'href="/en/saya/"' not in words(Client().get("/en/panduan/"))
