from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from ksbb.backoffice.views.home import queues
from ksbb.collaborators.enums import Verification
from ksbb.commitments.actions.decide import accept
from ksbb.needs.enums import Verification as PlaceVerification
from tests.backoffice.desk import Officer, words
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DELIVERY_DAY, DESK, NOON, make_commitment
from tests.factories.deliveries import answer, bring, make_planned
from tests.factories.needs import make_target

pytestmark = pytest.mark.django_db


def one_of_each() -> None:
    """Put one thing into each queue."""
    make_commitment()
    make_collaborator(verification=Verification.PENDING)
    accept(commitment_id=make_commitment().pk, actor=DESK, now=NOON)
    make_planned(planned_for=NOON.date())
    bring(make_planned(planned_for=DELIVERY_DAY))
    answer(bring(make_planned(planned_for=DELIVERY_DAY)), less=5)
    make_target(verification=PlaceVerification.PENDING)


def test_everything_that_waits_stands_in_its_queue_once() -> None:
    one_of_each()

    assert [queue.total for queue in queues(NOON)] == [1, 1, 1]


def test_an_empty_desk_says_so(sari: Officer) -> None:
    page = words(sari.open())

    assert page.count("Nothing to do here.") == 3
    assert page.count("Nothing waits here.") == 1


def test_the_desk_asks_the_database_no_more_often_for_three_rows_than_for_one(
    sari: Officer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one_of_each()
    with django_assert_max_num_queries(43):
        sari.open()

    one_of_each()
    one_of_each()

    with django_assert_max_num_queries(43):
        sari.open()


def test_the_desk_speaks_indonesian_first(sari: Officer) -> None:
    page = words(sari.client.get("/pokja/"))

    assert "<h1>Antrean</h1>" in page
