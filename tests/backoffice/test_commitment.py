from __future__ import annotations

from datetime import date

import pytest

from ksbb.audit.models import Entry
from ksbb.collaborators.enums import Verification
from ksbb.commitments.actions.decide import accept as accept_commitment
from ksbb.commitments.enums import State, Window
from ksbb.commitments.models import Commitment
from ksbb.deliveries.models import Delivery
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DELIVERY_DAY, DESK, NOON, make_commitment
from tests.factories.deliveries import make_planned
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db


def page_of(commitment: Commitment) -> str:
    return f"komitmen/{commitment.code}/"


def accepted() -> Commitment:
    """Return a commitment whose giver has to call the place."""
    return accept_commitment(commitment_id=make_commitment().pk, actor=DESK, now=NOON)


def test_an_accepted_commitment_shows_until_when_the_place_has_to_be_called(
    sari: Officer,
) -> None:
    commitment = make_commitment()

    sari.send(f"{page_of(commitment)}terima/", page=page_of(commitment))

    commitment.refresh_from_db()
    assert commitment.state == State.ACCEPTED
    assert "Until 3 May 2020 at 12:00 WIB" in words(sari.open(page_of(commitment)))


def test_what_an_unverified_giver_promised_is_not_accepted(sari: Officer) -> None:
    giver = make_collaborator("Koperasi Contoh", verification=Verification.PENDING)
    commitment = make_commitment(collaborator=giver)

    answer = sari.send(f"{page_of(commitment)}terima/", page=page_of(commitment))

    commitment.refresh_from_db()
    assert (answer.status_code, commitment.state) == (409, State.SUBMITTED)
    assert complaint(answer) == ["Verify “Koperasi Contoh” first; then accept the commitment."]


def test_a_rejection_frees_the_quantity_and_keeps_the_reason(sari: Officer) -> None:
    need = make_need(100)
    commitment = make_commitment({need: 60})

    sari.send(f"{page_of(commitment)}tolak/", page=page_of(commitment), alasan="Nama palsu")

    commitment.refresh_from_db()
    need.refresh_from_db()
    assert (commitment.state, need.open) == (State.REJECTED, 100)
    assert "Reason: Nama palsu" in words(sari.open(page_of(commitment)))


def test_a_rejection_without_a_reason_writes_nothing(sari: Officer) -> None:
    commitment = make_commitment()

    answer = sari.send(f"{page_of(commitment)}tolak/", page=page_of(commitment), alasan=" ")

    commitment.refresh_from_db()
    assert (answer.status_code, complaint(answer)) == (422, ["Say why."])
    assert commitment.state == State.SUBMITTED


def test_the_second_officer_sees_that_the_first_has_accepted(sari: Officer, budi: Officer) -> None:
    commitment = make_commitment()
    form = budi.form(page_of(commitment))
    sari.send(f"{page_of(commitment)}terima/", page=page_of(commitment))

    answer = budi.post(f"{page_of(commitment)}tolak/", form | {"alasan": "Nama palsu"})

    commitment.refresh_from_db()
    assert (answer.status_code, commitment.state) == (409, State.ACCEPTED)
    assert "Sari, 1 May 2020 at 12:00 WIB: Commitment accepted." in words(answer)
    assert "1 May 2020 at 12:00 WIB, Sari" in words(answer)


def test_a_second_press_accepts_once(sari: Officer) -> None:
    commitment = make_commitment()
    form = sari.form(page_of(commitment))

    answers = [sari.post(f"{page_of(commitment)}terima/", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Entry.objects.filter(action="commitments.accept").count() == 1


def test_the_key_of_another_form_is_refused(sari: Officer) -> None:
    first, second = make_commitment(), make_commitment()
    form = sari.form(page_of(first))
    sari.post(f"{page_of(first)}terima/", form)

    answer = sari.post(f"{page_of(second)}terima/", form)

    second.refresh_from_db()
    assert (answer.status_code, second.state) == (409, State.SUBMITTED)


@pytest.mark.parametrize("key", ["", "   ", "x" * 81])
def test_a_form_without_a_key_of_ours_does_nothing(key: str, sari: Officer) -> None:
    commitment = make_commitment()

    answer = sari.post(f"{page_of(commitment)}terima/", {"kunci": key})

    commitment.refresh_from_db()
    assert (answer.status_code, commitment.state) == (409, State.SUBMITTED)
    assert complaint(answer) == [
        "This form lacks its key, so nothing was done. Open the page again."
    ]


def test_the_agreed_day_plans_a_delivery_for_each_place(sari: Officer) -> None:
    commitment = accepted()

    sari.send(
        f"{page_of(commitment)}jadwal/",
        page=page_of(commitment),
        tanggal="2020-05-04",
        waktu=Window.MORNING,
    )

    delivery = Delivery.objects.get()
    assert (delivery.planned_for, delivery.delivery_window) == (date(2020, 5, 4), Window.MORNING)
    assert f"/en/pokja/penyaluran/{delivery.pk}/" in words(sari.open(page_of(commitment)))


@pytest.mark.parametrize(
    ("day", "status", "sentence"),
    [
        ("", 422, "Choose a day."),
        ("besok", 422, "Write the day like 22/05/2020."),
        ("2020-02-30", 422, "Write the day like 22/05/2020."),
        (
            "2020-04-30",
            409,
            "30 April 2020 is not possible: choose a day from 1 May 2020 to 23 May 2020.",
        ),
        (
            "2020-05-24",
            409,
            "24 May 2020 is not possible: choose a day from 1 May 2020 to 23 May 2020.",
        ),
    ],
)
def test_a_day_that_is_not_possible_is_said_and_kept(
    day: str, status: int, sentence: str, sari: Officer
) -> None:
    commitment = accepted()

    answer = sari.send(
        f"{page_of(commitment)}jadwal/", page=page_of(commitment), tanggal=day, waktu="MORNING"
    )

    commitment.refresh_from_db()
    assert (answer.status_code, complaint(answer)) == (status, [sentence])
    assert f'value="{day}"' in words(answer)
    assert (commitment.state, Delivery.objects.count()) == (State.ACCEPTED, 0)


def test_two_officers_who_agree_different_days_do_not_overwrite_each_other(
    sari: Officer, budi: Officer
) -> None:
    commitment = make_planned(planned_for=DELIVERY_DAY)
    form = budi.form(page_of(commitment))
    to_schedule = f"{page_of(commitment)}jadwal/"
    sari.send(to_schedule, page=page_of(commitment), tanggal="2020-05-04", waktu="MORNING")

    answer = budi.post(to_schedule, form | {"tanggal": "2020-05-05", "waktu": "MORNING"})

    commitment.refresh_from_db()
    assert (answer.status_code, commitment.planned_for) == (409, date(2020, 5, 4))
    assert complaint(answer)[0].startswith("Somebody else did something here after you opened")
    assert "Planned day: 3 May 2020 → 4 May 2020" in words(answer)


@pytest.mark.parametrize("spelling", ["{code}/", "{lower}/", "{bare}/"])
def test_a_code_is_read_however_it_is_typed(spelling: str, sari: Officer) -> None:
    code = make_commitment().code
    typed = spelling.format(code=code, lower=code.lower(), bare=code.replace("-", ""))

    answer = sari.client.get(f"/en/pokja/komitmen/{typed}", follow=True)

    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, f"/en/pokja/komitmen/{code}/")
