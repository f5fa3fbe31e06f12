from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from ksbb.collaborators.enums import Verification
from ksbb.needs.enums import Verification as PlaceVerification
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import make_commitment
from tests.factories.deliveries import make_planned
from tests.factories.needs import make_target

pytestmark = pytest.mark.django_db

LISTS = {"kolaborator/": 4, "komitmen/": 5, "penyaluran/?antrean=terencana": 5, "sasaran/": 4}


def one_of_each() -> None:
    """Put one row into each list."""
    make_collaborator(verification=Verification.PENDING)
    make_commitment()
    make_planned()
    make_target(verification=PlaceVerification.PENDING)


@pytest.mark.parametrize(("path", "queries"), list(LISTS.items()))
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(
    path: str, queries: int, sari: Officer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one_of_each()
    with django_assert_num_queries(queries):
        assert "1 entry" in words(sari.open(path))

    one_of_each()
    one_of_each()

    with django_assert_num_queries(queries):
        assert "3 entries" in words(sari.open(path))


def test_a_list_longer_than_a_page_goes_on(sari: Officer) -> None:
    giver = make_collaborator()
    codes = [make_commitment(collaborator=giver).code for _ in range(21)]

    first, second = sari.open("komitmen/"), sari.open("komitmen/?hal=2")

    assert (codes[0] in words(first), codes[20] in words(first)) == (True, False)
    assert (codes[0] in words(second), codes[20] in words(second)) == (False, True)


@pytest.mark.parametrize("number", ["0", "99", "-1", "dua", "9" * 5000, ""])
def test_a_page_that_is_not_there_shows_the_nearest_one(number: str, sari: Officer) -> None:
    code = make_commitment().code

    answer = sari.open(f"komitmen/?hal={number}")

    assert (answer.status_code, code in words(answer)) == (200, True)


def test_a_commitment_is_found_by_its_code_however_it_is_typed(sari: Officer) -> None:
    wanted, other = make_commitment(), make_commitment()

    page = words(sari.open(f"komitmen/?antrean=semua&q={wanted.code.lower().replace('-', ' ')}"))

    assert (wanted.code in page, other.code in page) == (True, False)


def test_a_commitment_is_found_by_its_giver(sari: Officer) -> None:
    wanted = make_commitment(collaborator=make_collaborator("Barisan Bangun Negeri"))
    other = make_commitment()

    page = words(sari.open("komitmen/?antrean=semua&q=bangun"))

    assert (wanted.code in page, other.code in page) == (True, False)


def test_a_delivery_is_found_by_its_place(sari: Officer) -> None:
    wanted, other = make_planned(), make_planned()
    place = wanted.lines.get().need.target.name

    page = words(sari.open(f"penyaluran/?antrean=terencana&q={place}"))

    assert (wanted.code in page, other.code in page) == (True, False)


def test_a_place_is_found_by_its_code(sari: Officer) -> None:
    wanted, other = make_target(), make_target()

    page = words(sari.open(f"sasaran/?antrean=VERIFIED&q={wanted.code}"))

    assert (wanted.code in page, other.code in page) == (True, False)


@pytest.mark.parametrize("path", ["kolaborator/", "komitmen/", "penyaluran/", "sasaran/"])
def test_a_list_that_does_not_exist_is_said_so(path: str, sari: Officer) -> None:
    answer = sari.open(f"{path}?antrean=entah")

    assert answer.status_code == 400
    assert complaint(answer) == ["List: There is no such list. Choose one of these."]


def test_more_words_than_anybody_types_are_refused(sari: Officer) -> None:
    assert sari.open(f"komitmen/?q={'a' * 101}").status_code == 400


def test_a_script_in_a_name_stays_text(sari: Officer) -> None:
    make_collaborator("<script>alert(1)</script>", verification=Verification.PENDING)

    page = words(sari.open("kolaborator/"))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
