from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ksbb.commitments.enums import State
from ksbb.deliveries.models import DeliveryLine
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.deliveries import answer as confirm
from tests.factories.deliveries import bring, make_planned
from tests.factories.needs import make_need

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> DeliveryLine:
    """Return a line of which 60 were recorded and 55 received."""
    delivery = bring(make_planned({make_need(100): 60}))
    confirm(delivery, less=5)
    return delivery.lines.get()


def page_of(line: DeliveryLine) -> str:
    return f"penyaluran/{line.delivery_id}/koreksi/{line.pk}/"


def test_a_difference_is_settled_with_a_reason(line: DeliveryLine, sari: Officer) -> None:
    answer = sari.send(page_of(line), disalurkan="60", diterima="60", alasan="Dihitung ulang")

    line.refresh_from_db()
    commitment = line.delivery.commitment
    assert answer.headers["Location"] == f"/en/pokja/penyaluran/{line.delivery_id}/"
    assert (line.quantity, line.received, commitment.state) == (60, 60, State.COMPLETED)
    page = words(sari.open(f"komitmen/{commitment.code}/"))
    assert "Reason: Dihitung ulang" in page


@pytest.mark.parametrize(
    ("delivered", "received", "reason", "status", "sentence"),
    [
        ("55", "60", "x", 422, "More cannot be received than was handed over."),
        ("", "55", "x", 422, "Enter a quantity, for example 600."),
        ("55", "55", "", 422, "Say why."),
        ("60", "55", "x", 409, "These are the quantities that stand already."),
        (
            "61",
            "55",
            "x",
            409,
            "Received (55) can be at most what was handed over (61), and that at most 60.",
        ),
    ],
)
def test_what_cannot_be_true_is_said_and_nothing_is_written(
    delivered: str,
    received: str,
    reason: str,
    status: int,
    sentence: str,
    line: DeliveryLine,
    sari: Officer,
) -> None:
    answer = sari.send(page_of(line), disalurkan=delivered, diterima=received, alasan=reason)

    line.refresh_from_db()
    assert (answer.status_code, complaint(answer)) == (status, [sentence])
    assert (line.quantity, line.received) == (60, 55)


def test_two_officers_do_not_settle_a_difference_against_each_other(
    line: DeliveryLine, sari: Officer, budi: Officer
) -> None:
    form = budi.form(page_of(line))
    sari.send(page_of(line), disalurkan="55", diterima="55", alasan="Lima tertinggal")

    answer = budi.post(
        page_of(line), form | {"disalurkan": "60", "diterima": "60", "alasan": "Lengkap"}
    )

    line.refresh_from_db()
    assert (answer.status_code, line.quantity, line.received) == (409, 55, 55)


def test_a_plan_cannot_be_corrected(sari: Officer) -> None:
    line = make_planned().deliveries.get().lines.get()

    assert sari.open(page_of(line)).status_code == 404


@pytest.fixture
def surplus() -> DeliveryLine:
    """Return a line of 7 promised of which 5 were recorded and 9 counted."""
    need = make_need(100)
    delivery = bring(make_planned({need: 7}), {need: 5})
    confirm(delivery, less=-4)
    return delivery.lines.get()


def leave(line: DeliveryLine, officer: Officer, reason: str) -> Answer:
    page = page_of(line)
    return officer.send(f"{page}biarkan/", page=page, alasan=reason)


def test_a_surplus_stands_among_the_differences_with_both_words(
    surplus: DeliveryLine, sari: Officer
) -> None:
    page = words(sari.open("penyaluran/?antrean=selisih"))

    assert surplus.surplus == 4
    assert "sembako (English): handed over 5, received 9 (+4)" in page
    assert "1 entry" in page


def test_less_stands_there_in_the_same_words(line: DeliveryLine, sari: Officer) -> None:
    page = words(sari.open("penyaluran/?antrean=selisih"))

    assert line.difference == 5
    assert "sembako (English): handed over 60, received 55 (−5)" in page


def test_a_surplus_is_left_as_it_stands_with_a_reason(surplus: DeliveryLine, sari: Officer) -> None:
    answer = leave(surplus, sari, "Dari tetangga")

    surplus.refresh_from_db()
    assert answer.headers["Location"] == f"/en/pokja/penyaluran/{surplus.delivery_id}/"
    assert (surplus.quantity, surplus.received) == (5, 5)
    assert "0 entries" in words(sari.open("penyaluran/?antrean=selisih"))
    history = words(sari.open(f"komitmen/{surplus.delivery.commitment.code}/"))
    assert "Surplus left as it stands" in history
    assert "Reason: Dari tetangga" in history
    assert "Counted by the receiver: 9" in history


def test_a_surplus_without_a_reason_stays_open(surplus: DeliveryLine, sari: Officer) -> None:
    answer = leave(surplus, sari, "")

    surplus.refresh_from_db()
    assert (answer.status_code, complaint(answer)) == (422, ["Say why."])
    assert surplus.settled_at is None


def test_a_second_press_settles_once(surplus: DeliveryLine, sari: Officer) -> None:
    form = sari.form(page_of(surplus)) | {"alasan": "Dari tetangga"}

    answers = [sari.post(f"{page_of(surplus)}biarkan/", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_two_officers_do_not_settle_a_surplus_in_two_ways(
    surplus: DeliveryLine, sari: Officer, budi: Officer
) -> None:
    form = budi.form(page_of(surplus))
    leave(surplus, sari, "Dari tetangga")

    answer = budi.post(
        page_of(surplus), form | {"disalurkan": "7", "diterima": "7", "alasan": "Lengkap"}
    )

    surplus.refresh_from_db()
    assert (answer.status_code, surplus.quantity) == (409, 5)
