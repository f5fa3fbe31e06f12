from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from ksbb.audit.models import Entry
from ksbb.commitments.actions.cancel import CancellationRefusedError, cancel
from ksbb.commitments.enums import Reason, State
from ksbb.commitments.models import Commitment, Movement
from ksbb.commitments.queries_offers import find_offer, offers_at, open_offers
from ksbb.needs.models import Need
from tests.factories.commitments import DESK, NOON, line_of, make_commitment
from tests.factories.deliveries import make_planned
from tests.factories.needs import make_need
from tests.factories.programmes import make_programme
from tests.recount import faults

pytestmark = pytest.mark.django_db

TODAY = date(2020, 5, 1)


def release(commitment: Commitment, quantities: dict[int, int] | None = None) -> Commitment:
    return cancel(
        commitment_id=commitment.pk,
        quantities=quantities,
        reason="truk rusak",
        for_others=True,
        actor=DESK,
        now=NOON + timedelta(hours=1),
    )


def offered(today: date = TODAY) -> list[tuple[Need, int]]:
    """Return what is offered, line by line, the newest offer first."""
    found = open_offers(make_programme(), today)
    return [(line.need, line.quantity) for offer in found for line in offer.lines]


def test_what_is_left_to_others_is_open_at_once_and_offered() -> None:
    one, two = make_need(100), make_need(100)
    commitment = make_planned({one: 40, two: 5})

    release(commitment)

    one.refresh_from_db()
    commitment.refresh_from_db()
    assert (one.open, commitment.state) == (100, State.CANCELLED)
    assert offered() == [(one, 40), (two, 5)]
    assert faults() == []


def test_the_book_says_that_it_was_left_to_others() -> None:
    release(make_planned({make_need(100): 40}))

    move = Movement.objects.get(reason=Reason.RELEASE)
    assert (move.delta, move.entry.reason) == (-40, "truk rusak")
    assert move.entry.changes["for_others"] is True


def test_a_part_can_be_left_and_the_rest_kept() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})

    release(commitment, {line_of(commitment).pk: 15})

    commitment.refresh_from_db()
    assert (line_of(commitment).committed, commitment.state) == (25, State.SCHEDULED)
    assert offered() == [(need, 15)]


def test_whoever_takes_it_over_ends_the_offer_as_far_as_they_took() -> None:
    need = make_need(100)
    release(make_planned({need: 40}))

    make_commitment({need: 30})
    assert offered() == [(need, 10)]

    make_commitment({need: 30})
    assert offered() == []


def test_what_was_taken_counts_for_one_offer_only() -> None:
    need = make_need(100)
    one, two = make_planned({need: 40}), make_planned({need: 20})
    release(one)
    release(two)
    make_commitment({need: 30})

    assert sum(quantity for _, quantity in offered()) == 30


def test_no_more_is_offered_than_the_place_still_needs() -> None:
    need = make_need(100)
    release(make_planned({need: 40}))
    release(make_planned({need: 100}))

    # The second promise took the first offer over, so one hundred are offered and not more.
    assert sum(quantity for _, quantity in offered()) == 100


def test_a_phase_that_is_over_offers_nothing() -> None:
    release(make_planned({make_need(100): 40}))

    assert offered(date(2020, 6, 1)) == []


def test_an_offer_is_found_by_its_key_and_at_its_place() -> None:
    one, two = make_need(100), make_need(100)
    release(make_planned({one: 40, two: 5}))
    entry = Entry.objects.latest("pk")
    programme = make_programme()

    found = find_offer(entry.pk, programme, TODAY)

    assert found == open_offers(programme, TODAY)[0]
    assert [offer.lines for offer in offers_at(two.target, programme, TODAY)] == [[(two, 5)]]
    assert find_offer(entry.pk + 1, programme, TODAY) is None


def test_only_what_was_accepted_can_be_left_to_others() -> None:
    commitment = make_commitment({make_need(100): 40})

    with pytest.raises(CancellationRefusedError):
        release(commitment)

    assert line_of(commitment).committed == 40


def test_offers_ask_the_database_once_however_many_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(3):
        release(make_planned({make_need(100): 40, make_need(100): 3}))
    programme = make_programme()

    with django_assert_num_queries(1):
        assert len(open_offers(programme, TODAY)) == 3
