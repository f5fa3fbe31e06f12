from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from ksbb.audit.actions.record import record
from tests.backoffice.desk import Officer, words
from tests.factories.commitments import DESK, NOON, make_commitment

pytestmark = pytest.mark.django_db


def test_a_history_says_who_did_what_when_and_why(sari: Officer) -> None:
    commitment = make_commitment()
    page = f"komitmen/{commitment.code}/"
    sari.send(f"{page}tolak/", page=page, alasan="Nama palsu")

    told = words(sari.open(f"jejak/commitments.commitment/{commitment.pk}/"))

    assert f"commitment {commitment.code}" in told
    assert "Commitment rejected" in told
    assert "1 May 2020 at 12:00 WIB, Sari" in told
    assert "Reason: Nama palsu" in told
    assert "State: submitted → rejected" in told


def test_a_long_history_goes_on_over_the_page(sari: Officer) -> None:
    commitment = make_commitment()
    for number in range(20):
        record(action=f"uji.{number}", obj=commitment, actor=DESK, now=NOON)

    page = f"jejak/commitments.commitment/{commitment.pk}/"
    first, second = words(sari.open(page)), words(sari.open(f"{page}?hal=2"))

    assert ("uji.19" in first, "Commitment submitted" in first) == (True, False)
    assert ("uji.19" in second, "Commitment submitted" in second) == (False, True)


def test_a_history_asks_the_database_as_often_for_many_rows_as_for_few(
    sari: Officer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    commitment = make_commitment()
    page = f"jejak/commitments.commitment/{commitment.pk}/"
    with django_assert_num_queries(5):
        sari.open(page)

    sari.send(f"komitmen/{commitment.code}/terima/", page=f"komitmen/{commitment.code}/")

    with django_assert_num_queries(5):
        sari.open(page)
