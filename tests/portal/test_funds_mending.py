"""The pages that mend an aggregator's book."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from ksbb.audit.models import Entry
from ksbb.collaborators.models import Collaborator
from ksbb.funds.enums import AccountKind
from ksbb.funds.models import Posting
from tests.factories.commitments import NOON, make_commitment
from tests.factories.funds import (
    MILLION,
    balance,
    make_aggregator,
    make_confirmed,
    make_gift,
    make_lot,
    set_aside,
)
from tests.factories.needs import make_need
from tests.portal.member import Member, complaint, words

pytestmark = pytest.mark.django_db

BOOK = "agregator/baznas/"


@pytest.fixture(autouse=True)
def _at_noon(settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()


@pytest.fixture
def baznas() -> Collaborator:
    return make_aggregator("BAZNAS", slug="baznas")


def test_the_amount_of_a_gift_is_mended_and_never_below_what_is_spent(
    baznas: Collaborator,
) -> None:
    gift = make_confirmed(3 * MILLION, aggregator=baznas)
    make_lot(5, 200_000, aggregator=baznas)
    keeper, page = Member(baznas), f"{BOOK}pemberian/{gift.code}/perbaiki/"

    assert "IDR 3,000,000" in words(keeper.open(page))
    silent = keeper.send(page, {"jumlah": "2 juta", "alasan": ""})
    unclear = keeper.send(page, {"jumlah": "1.50", "alasan": "salah"})
    low = keeper.send(page, {"jumlah": "0", "alasan": "salah"})
    keeper.send(page, {"jumlah": "2 juta", "alasan": "salah ketik"})

    assert [one.status_code for one in (silent, unclear, low)] == [422, 422, 409]
    assert "IDR 1,000,000 of this gift is spent already" in complaint(low)[0]
    gift.refresh_from_db()
    assert (gift.accepted, balance(AccountKind.CASH)) == (2 * MILLION, MILLION)
    waiting = make_gift(aggregator=baznas)
    assert keeper.open(f"{BOOK}pemberian/{waiting.code}/perbaiki/").status_code == 302


def test_an_entry_is_reversed_once_and_as_a_whole(baznas: Collaborator) -> None:
    make_confirmed(3 * MILLION, aggregator=baznas)
    make_lot(5, 200_000, aggregator=baznas, invoice="F-9")
    entry = Entry.objects.get(action="funds.buy")
    keeper, page = Member(baznas), f"{BOOK}batalkan/"
    typed = {"catatan": str(entry.pk), "alasan": "dobel"}

    shown = words(keeper.open(page))
    assert "1 May 2020 · packages bought · 5 " in shown
    assert ", F-9 · IDR 1,000,000" in shown
    silent = keeper.send(page, typed | {"alasan": ""})
    sent = keeper.send(page, typed)
    again = keeper.send(page, typed)

    assert [one.status_code for one in (silent, sent, again)] == [422, 302, 422]
    assert balance(AccountKind.CASH) == 3 * MILLION
    assert Posting.objects.filter(reverses__isnull=False).count() == 2


def test_stock_is_set_aside_for_what_was_promised_before(baznas: Collaborator) -> None:
    one = make_commitment({make_need(9): 4}, collaborator=baznas)
    make_confirmed(MILLION, aggregator=baznas)
    keeper, page = Member(baznas), f"{BOOK}sisihkan/"
    typed = {"komitmen": str(one.pk)}

    short = keeper.send(page, typed)
    make_lot(5, 200_000, aggregator=baznas)
    before = words(keeper.open(page))
    keeper.send(page, typed)
    again = keeper.send(page, typed)

    assert (short.status_code, again.status_code) == (409, 422)
    assert "4 are missing in stock" in complaint(short)[0]
    assert "without stock: 4 " in before
    assert "In stock: 5 " in before
    assert "Stock is set aside for all your commitments." in words(keeper.open(page))
    assert balance(AccountKind.ALLOTTED, aid_type__isnull=False) == 4


def test_more_than_the_stock_holds_says_what_to_do(baznas: Collaborator) -> None:
    need = make_need(9)
    make_confirmed(MILLION, aggregator=baznas)
    make_lot(5, 200_000, aggregator=baznas)
    commitment = set_aside(baznas, {need: 4})
    line = commitment.lines.get()
    path = f"komitmen/{commitment.code}/tambah/{line.pk}/"
    keeper = Member(baznas)

    keeper.send(path, {"jumlah": "3"}, page=path)
    page = words(keeper.open(f"komitmen/{commitment.code}/"))

    assert balance(AccountKind.ALLOTTED, aid_type__isnull=False) == 5
    assert "For 2 packages of this commitment there is no stock." in page
