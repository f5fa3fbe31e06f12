from __future__ import annotations

import pytest

from ksbb.audit.models import Entry
from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.commitments import line_of, make_commitment
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db


def page_of(commitment: Commitment) -> str:
    return f"komitmen/{commitment.code}/batal/"


def test_the_whole_rest_is_cancelled_and_open_again(sari: Officer) -> None:
    need = make_need(100)
    commitment = make_commitment({need: 60})

    answer = sari.send(page_of(commitment), cakupan="semua", alasan="Donatur mundur")

    commitment.refresh_from_db()
    need.refresh_from_db()
    assert answer.status_code == 302
    assert (commitment.state, need.open) == (State.CANCELLED, 100)


def test_a_part_is_cancelled_by_line(sari: Officer) -> None:
    need = make_need(2000)
    commitment = make_commitment({need: 1600})
    field = f"jumlah_{line_of(commitment).pk}"

    sari.send(page_of(commitment), cakupan="sebagian", alasan="Stok kurang", **{field: "1.500"})

    commitment.refresh_from_db()
    assert (commitment.state, line_of(commitment).committed) == (State.SUBMITTED, 100)
    assert Entry.objects.latest("pk").reason == "Stok kurang"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("61", "RW 001: only 60 can still be cancelled."),
        ("-5", "“-5” is below zero. Write the quantity without a minus sign."),
        (
            "lima",
            "“lima” is not a number. Write the quantity in digits only, for example 600.",
        ),
        ("", "Enter at least one quantity to cancel."),
        ("0", "Enter at least one quantity to cancel."),
        ("9" * 30, f"“{'9' * 30}” is too large: at most 1,000,000,000 can be entered."),
    ],
)
def test_a_quantity_that_cannot_be_cancelled_is_said_and_kept(
    typed: str, sentence: str, sari: Officer
) -> None:
    commitment = make_commitment({make_need(100): 60})
    field = f"jumlah_{line_of(commitment).pk}"

    answer = sari.send(
        page_of(commitment), cakupan="sebagian", alasan="Stok kurang", **{field: typed}
    )

    assert (answer.status_code, complaint(answer)) == (422, [sentence])
    assert f'value="{typed}"' in words(answer) or not typed
    assert line_of(commitment).committed == 60


def test_what_and_why_have_to_be_said(sari: Officer) -> None:
    commitment = make_commitment()

    answer = sari.send(page_of(commitment))

    assert (answer.status_code, complaint(answer)) == (
        422,
        ["Choose what is cancelled.", "Say why."],
    )


def test_two_officers_do_not_cancel_the_same_part_twice(sari: Officer, budi: Officer) -> None:
    commitment = make_commitment({make_need(100): 60})
    field = f"jumlah-{line_of(commitment).pk}"
    part = {"cakupan": "sebagian", "alasan": "Stok kurang", field: "20"}
    form = budi.form(page_of(commitment))
    sari.post(page_of(commitment), sari.form(page_of(commitment)) | part)

    answer = budi.post(page_of(commitment), form | part)

    assert (answer.status_code, line_of(commitment).committed) == (409, 40)
    assert budi.post(page_of(commitment), budi.form(page_of(commitment)) | part).status_code == 302


def test_a_second_press_cancels_once(sari: Officer) -> None:
    commitment = make_commitment({make_need(100): 60})
    whole = sari.form(page_of(commitment)) | {"cakupan": "semua", "alasan": "Donatur mundur"}

    answers = [sari.post(page_of(commitment), whole) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Entry.objects.filter(action="commitments.cancel").count() == 1


def test_with_nothing_left_the_page_says_so(sari: Officer) -> None:
    commitment = make_commitment()
    sari.send(page_of(commitment), cakupan="semua", alasan="Donatur mundur")

    page = words(sari.open(page_of(commitment)))

    assert "There is nothing left to cancel." in page
