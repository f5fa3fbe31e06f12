"""Closing a period through its page."""

from __future__ import annotations

from datetime import datetime

import pytest
from pytest_django import Settings

from ksbb.collaborators.models import Collaborator
from ksbb.funds.models import Close
from ksbb.shared.clock import WIB
from tests.factories.commitments import NOON
from tests.factories.funds import MILLION, make_aggregator, make_confirmed
from tests.portal.member import Member, complaint, words

pytestmark = pytest.mark.django_db

PAGE = "agregator/baznas/tutup/"


@pytest.fixture(autouse=True)
def _at_noon(settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()


@pytest.fixture
def baznas() -> Collaborator:
    aggregator = make_aggregator("BAZNAS", slug="baznas")
    make_confirmed(MILLION, aggregator=aggregator, now=datetime(2020, 4, 29, 9, tzinfo=WIB))
    return aggregator


def test_a_difference_is_found_explained_and_closed(baznas: Collaborator) -> None:
    keeper = Member(baznas)
    typed = {"sampai": "2020-04-30", "saldo": "1.000.123,45"}

    page = words(keeper.open(PAGE))
    refused = keeper.send(PAGE, typed)
    keeper.send(PAGE, typed | {"alasan": "bunga bank"})

    assert "From 29 April 2020 to 30 April 2020" in page
    assert refused.status_code == 409
    assert "Explain the difference of IDR 123.45" in complaint(refused)[0]
    assert 'value="1.000.123,45"' in words(refused)
    assert Close.objects.get().difference == 12_345
    assert "bunga bank" in words(keeper.open(PAGE))


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"saldo": ""}, 422, "Write what stood in the bank accounts"),
        ({"saldo": "1.50"}, 422, "is not a whole amount of rupiah"),
        ({"saldo": "USD 5"}, 422, "is not in rupiah"),
        ({"saldo": "-5"}, 422, "is below zero"),
        ({"sampai": "besok"}, 422, "Write the day like 30/04/2020."),
        ({"sampai": "2020-05-01"}, 409, "is not over yet"),
        ({"sampai": "2020-04-01"}, 409, "Choose a later last day"),
    ],
)
def test_a_mistake_closes_nothing(
    baznas: Collaborator, fields: dict[str, str], status: int, sentence: str
) -> None:
    page = Member(baznas).send(PAGE, {"sampai": "2020-04-30", "saldo": "1 juta"} | fields)

    assert page.status_code == status
    assert sentence in complaint(page)[0]
    assert Close.objects.count() == 0


def test_the_page_shows_any_last_day_and_says_what_is_no_day(baznas: Collaborator) -> None:
    keeper = Member(baznas)

    assert "to 29 April 2020" in words(keeper.open(f"{PAGE}?sampai=2020-04-29"))
    assert keeper.open(f"{PAGE}?sampai=kapan").status_code == 422
    assert complaint(keeper.open(f"{PAGE}?sampai=2020-04-01")) == [
        "The open period begins after 28 April 2020. Choose a later last day."
    ]
    assert "is not over yet" in complaint(keeper.open(f"{PAGE}?sampai=2030-01-01"))[0]
    assert "no period to close" in words(
        Member(make_aggregator(slug="act")).open("agregator/act/tutup/")
    )
