from __future__ import annotations

import pytest

from ksbb.needs.models import Need
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def need() -> Need:
    """Return a need of 100 of which 60 are committed."""
    need = make_need(100)
    make_commitment({need: 60})
    return need


def page_of(need: Need) -> str:
    return f"kebutuhan/{need.pk}/"


def test_a_need_is_raised_with_a_reason(need: Need, sari: Officer) -> None:
    answer = sari.send(page_of(need), jumlah="1.150", alasan="Pendataan ulang")

    need.refresh_from_db()
    assert (answer.status_code, need.quantity, need.open) == (302, 1150, 1090)
    page = words(sari.open(page_of(need)))
    assert "+1,050" in page
    assert "Pendataan ulang" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("59", "60 are already committed. Cancel commitments first."),
        ("100", "This is the quantity that stands already."),
        ("", "Enter a quantity, for example 600."),
        ("seribu", "“seribu” is not a number. Write the quantity in digits only, for example 600."),
    ],
)
def test_a_quantity_that_cannot_be_is_said_and_kept(
    typed: str, sentence: str, need: Need, sari: Officer
) -> None:
    answer = sari.send(page_of(need), jumlah=typed, alasan="Pendataan ulang")

    need.refresh_from_db()
    assert (answer.status_code, complaint(answer)) == (422, [sentence])
    assert "Pendataan ulang" in words(answer)
    assert need.quantity == 100


def test_a_reason_longer_than_the_book_keeps_is_refused(need: Need, sari: Officer) -> None:
    answer = sari.send(page_of(need), jumlah="150", alasan="x" * 201)

    need.refresh_from_db()
    assert (answer.status_code, need.quantity) == (422, 100)


def test_two_officers_do_not_overwrite_each_other(need: Need, sari: Officer, budi: Officer) -> None:
    form = budi.form(page_of(need))
    sari.send(page_of(need), jumlah="150", alasan="Pendataan ulang")

    answer = budi.post(page_of(need), form | {"jumlah": "120", "alasan": "Pindah rumah"})

    need.refresh_from_db()
    assert (answer.status_code, need.quantity) == (409, 150)
    assert 'value="120"' in words(answer)


def test_a_second_press_changes_once(need: Need, sari: Officer) -> None:
    form = sari.form(page_of(need)) | {"jumlah": "150", "alasan": "Pendataan ulang"}

    answers = [sari.post(page_of(need), form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert need.adjustments.count() == 2
