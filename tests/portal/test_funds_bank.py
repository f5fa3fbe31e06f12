"""The bank's side of an aggregator's book, through its pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from ksbb.collaborators.models import Collaborator
from ksbb.funds.enums import AccountKind, GiftState
from ksbb.funds.models import BankRow, Posting
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import NOON
from tests.factories.funds import MILLION, balance, make_aggregator, make_bank_row, make_gift
from tests.portal.member import Member, complaint, words

pytestmark = pytest.mark.django_db

BANK = "agregator/baznas/bank/"
CSV = "Tanggal;Keterangan;Debit;Kredit\n30/04/2020;TRF JNE;;Rp 1.000.000,-\n"


@pytest.fixture(autouse=True)
def _at_noon(settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()


@pytest.fixture
def baznas() -> Collaborator:
    return make_aggregator("BAZNAS", slug="baznas")


@pytest.fixture
def keeper(baznas: Collaborator) -> Member:
    return Member(baznas)


def send(keeper: Member, content: str = CSV, **fields: str) -> Any:
    file = SimpleUploadedFile("mutasi.csv", content.encode())
    sent: dict[str, Any] = keeper.form(BANK) | {"berkas": file, "nama": "BSI 4321"} | fields
    return keeper.post(BANK, sent)


def test_a_statement_comes_in_once_and_a_match_is_confirmed(
    baznas: Collaborator, keeper: Member
) -> None:
    gift = make_gift(aggregator=baznas, donor=make_collaborator("JNE"))

    send(keeper)
    page = words(keeper.open(BANK))
    send(keeper)
    row = BankRow.objects.get()
    one = f"{BANK}{row.pk}/"
    shown = words(keeper.open(one))
    keeper.send(f"{one}cocok/", {"pemberian": str(gift.pk)}, page=one)

    gift.refresh_from_db()
    assert "Rows in the file: 1. New ones: 1." in page
    assert "IDR 1,000,000" in page
    assert f"may be gift {gift.code} of JNE" in page
    assert "the same amount, the name of the donor, a day near to it" in shown
    assert (gift.state, balance(AccountKind.CASH)) == (GiftState.CONFIRMED, MILLION)
    assert f"Gift {gift.code}, JNE" in words(keeper.open(BANK))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (CSV + "30/04/2020;x;;1.50\n", "Row 3: “1.50” is not a whole amount of rupiah."),
        (CSV + "30/04/2020;x;;USD 5\n", "Row 3: “USD 5” is not in rupiah."),
        ("tidak ada", "No columns of a bank statement were found"),
        ("%PDF-1.7", "This file is no bank statement."),
    ],
)
def test_a_file_with_a_mistake_is_refused_whole(
    keeper: Member, content: str, sentence: str
) -> None:
    page = send(keeper, content)

    assert page.status_code == 409
    assert sentence in complaint(page)[0]
    assert 'value="BSI 4321"' in words(page)
    assert (BankRow.objects.count(), Posting.objects.count()) == (0, 0)


def test_without_file_or_account_it_is_asked_for(keeper: Member) -> None:
    page = keeper.send(BANK, {"nama": ""})

    assert page.status_code == 422
    assert complaint(page) == [
        "Choose the file of the bank.",
        "Say which bank account it is, for example BSI 4321.",
    ]


def test_a_row_that_is_no_gift_is_put_aside_with_what_it_is(
    baznas: Collaborator, keeper: Member
) -> None:
    one = f"{BANK}{make_bank_row(baznas).pk}/"

    silent = keeper.send(f"{one}bukan/", {"alasan": ""}, page=one)
    keeper.send(f"{one}bukan/", {"alasan": "bunga bank"}, page=one)

    assert silent.status_code == 422
    assert "bunga bank" in words(keeper.open(BANK))


def test_a_choice_that_is_wrong_posts_nothing(baznas: Collaborator, keeper: Member) -> None:
    gift = make_gift(2 * MILLION, aggregator=baznas)
    one = f"{BANK}{make_bank_row(baznas).pk}/"

    unknown = keeper.send(f"{one}cocok/", {"pemberian": str(make_gift().pk)}, page=one)
    other = keeper.send(f"{one}cocok/", {"pemberian": str(gift.pk)}, page=one)

    assert (unknown.status_code, other.status_code) == (422, 409)
    assert "say why" in complaint(other)[0]
    assert Posting.objects.count() == 0


def test_rows_of_others_are_not_there(baznas: Collaborator) -> None:
    row = make_bank_row(baznas)
    other = Member(make_aggregator("ACT", slug="act"))

    paths = (BANK, f"{BANK}{row.pk}/", f"agregator/act/bank/{row.pk}/")

    assert [other.open(path).status_code for path in paths] == [404] * 3


def test_one_transfer_is_split_over_two_gifts_and_taken_back_again(
    baznas: Collaborator, keeper: Member
) -> None:
    gifts = [make_gift(amount, aggregator=baznas) for amount in (600_000, 400_000)]
    one = f"{BANK}{make_bank_row(baznas).pk}/"
    said = {"pemberian1": str(gifts[0].pk), "bagian1": "600 ribu", "pemberian2": str(gifts[1].pk)}

    halves = keeper.send(f"{one}bagi/", said | {"bagian3": "5"}, page=one)
    short = keeper.send(f"{one}bagi/", said | {"bagian2": "1.50"}, page=one)
    less = keeper.send(f"{one}bagi/", said | {"bagian2": "399.999"}, page=one)
    single = keeper.send(
        f"{one}bagi/", {"pemberian1": said["pemberian1"], "bagian1": "5"}, page=one
    )
    again = {"pemberian2": said["pemberian1"], "bagian2": "1"}
    twice = keeper.send(f"{one}bagi/", said | again, page=one)
    assert Posting.objects.count() == 0
    keeper.send(f"{one}bagi/", said | {"bagian2": "Rp 400.000,-"}, page=one)
    listed = words(keeper.open(BANK))
    confirmed = balance(AccountKind.CASH)
    keeper.send(f"{one}tarik/", {"alasan": "dua orang lain"}, page=one)

    assert sorted(complaint(halves)) == [
        "Choose the gift.",
        "Write how much of the row is this gift.",
    ]
    assert "“1.50” is not a whole amount of rupiah" in complaint(short)[0]
    assert (less.status_code, "it is IDR 1 too little" in complaint(less)[0]) == (409, True)
    assert complaint(single) == ["Choose at least two gifts."]
    assert complaint(twice) == ["This gift is chosen above already."]
    assert all(f"Gift {gift.code}" in listed for gift in gifts)
    assert (confirmed, balance(AccountKind.CASH)) == (MILLION, 0)
    assert "dua orang lain" in words(keeper.open(one))
    assert 'value="399.999"' in less.content.decode()
