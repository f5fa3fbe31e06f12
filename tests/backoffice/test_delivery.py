from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.enums import State
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.commitments import DESK, NOON, line_of
from tests.factories.deliveries import answer as confirm
from tests.factories.deliveries import bring, make_planned
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned() -> Delivery:
    """Return a planned delivery of 60 packages to one place."""
    return make_planned({make_need(100): 60}).deliveries.get()


def page_of(delivery: Delivery) -> str:
    return f"penyaluran/{delivery.pk}/"


def field_of(delivery: Delivery) -> str:
    return f"jumlah-{delivery.lines.get().pk}"


def hand_over(officer: Officer, delivery: Delivery, typed: str) -> object:
    form = officer.form(page_of(delivery)) | {field_of(delivery): typed}
    return officer.post(f"{page_of(delivery)}serah-terima/", form)


def test_the_plan_stands_in_the_form(planned: Delivery, sari: Officer) -> None:
    page = words(sari.open(page_of(planned)))

    assert f'name="{field_of(planned)}" value="60"' in page


def test_what_was_brought_is_recorded_and_the_rest_planned_anew(
    planned: Delivery, sari: Officer
) -> None:
    hand_over(sari, planned, "40")

    planned.refresh_from_db()
    rest = planned.commitment.deliveries.get(state=DeliveryState.PLANNED)
    assert (planned.state, planned.lines.get().quantity) == (DeliveryState.DONE, 40)
    assert rest.lines.get().planned == 20
    assert str(planned.handover_number) in words(sari.open(page_of(planned)))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("61", "sembako (English): only 60 are promised and not yet handed over."),
        ("0", "Enter how much was handed over on at least one line."),
        ("", "Enter how much was handed over on at least one line."),
        ("-1", "“-1” is below zero. Write the quantity without a minus sign."),
        ("lima", "“lima” is not a number. Write the quantity in digits only, for example 600."),
    ],
)
def test_a_quantity_that_cannot_be_is_said_and_nothing_is_recorded(
    typed: str, sentence: str, planned: Delivery, sari: Officer
) -> None:
    answer = sari.post(
        f"{page_of(planned)}serah-terima/",
        sari.form(page_of(planned)) | {field_of(planned): typed},
    )

    planned.refresh_from_db()
    assert (answer.status_code, complaint(answer)) == (422, [sentence])
    assert planned.state == DeliveryState.PLANNED


def test_the_second_officer_learns_the_number_of_the_first_record(
    planned: Delivery, sari: Officer, budi: Officer
) -> None:
    form = budi.form(page_of(planned)) | {field_of(planned): "60"}
    hand_over(sari, planned, "60")

    answer = budi.post(f"{page_of(planned)}serah-terima/", form)

    planned.refresh_from_db()
    assert (answer.status_code, complaint(answer)) == (
        409,
        [f"This delivery was already recorded as {planned.handover_number}."],
    )


def test_a_second_press_records_once(planned: Delivery, sari: Officer) -> None:
    form = sari.form(page_of(planned)) | {field_of(planned): "60"}

    answers = [sari.post(f"{page_of(planned)}serah-terima/", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert line_of(planned.commitment).delivered == 60


def test_a_plan_of_a_withdrawn_promise_has_no_form(planned: Delivery, sari: Officer) -> None:
    cancel(commitment_id=planned.commitment_id, reason="mundur", actor=DESK, now=NOON)

    answer = sari.open(page_of(planned))

    assert "was withdrawn" in words(answer)
    assert "serah-terima/" not in words(answer)


def test_a_difference_stands_on_the_page_in_the_receivers_words(sari: Officer) -> None:
    delivery = bring(make_planned({make_need(100): 60}))
    confirm(delivery, less=5)

    page = words(sari.open(page_of(delivery)))

    assert "The difference is open." in page
    assert "55, good" in page


def test_a_hand_over_before_a_day_is_agreed_is_not_possible(sari: Officer) -> None:
    delivery = make_planned().deliveries.get()
    form = sari.form(page_of(delivery)) | {field_of(delivery): "40"}
    cancel(commitment_id=delivery.commitment_id, reason="mundur", actor=DESK, now=NOON)

    answer = sari.post(f"{page_of(delivery)}serah-terima/", form)

    delivery.commitment.refresh_from_db()
    assert (answer.status_code, delivery.commitment.state) == (422, State.CANCELLED)


def test_what_was_brought_before_now_is_recorded_with_its_time(
    planned: Delivery, sari: Officer, settings: Settings
) -> None:
    settings.KSBB_CLOCK = (NOON + timedelta(days=1)).isoformat()
    form = sari.form(page_of(planned)) | {field_of(planned): "60", "waktu": "2020-05-01T17:30"}

    sari.post(f"{page_of(planned)}serah-terima/", form)

    planned.refresh_from_db()
    assert planned.done_at == NOON.replace(hour=17, minute=30)
    assert "1 May 2020 at 17:30 WIB" in words(sari.open(page_of(planned)))
    history = words(sari.open(f"komitmen/{planned.commitment.code}/"))
    assert "Handed over: 1 May 2020 at 17:30 WIB" in history


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ("kemarin", 422, "Write day and time like 22/05/2020 14:30."),
        ("2020-05-01T12:01", 409, "That lies ahead: it is {noon} now."),
        (
            "01/05/2020 11.59",
            409,
            "This commitment was accepted on {noon}; a hand-over cannot be earlier.",
        ),
    ],
)
def test_a_time_that_cannot_be_is_said_and_what_was_typed_stays(
    typed: str, status: int, sentence: str, planned: Delivery, sari: Officer
) -> None:
    form = sari.form(page_of(planned)) | {field_of(planned): "60", "waktu": typed}

    answer = sari.post(f"{page_of(planned)}serah-terima/", form)

    planned.refresh_from_db()
    said = sentence.format(noon="1 May 2020 at 12:00 WIB")
    assert (answer.status_code, complaint(answer)) == (status, [said])
    assert f'value="{typed}"' in words(answer)
    assert planned.state == DeliveryState.PLANNED
