"""Gifts and purchases as data: what is on the book, and no person."""

from __future__ import annotations

from ksbb.funds.actions.stock import take_back
from ksbb.funds.enums import GiftKind
from ksbb.funds.models import Posting
from tests.api.calls import read, walk
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import MILLION, make_aggregator, make_confirmed, make_gift, make_lot


def test_confirmed_gifts_are_listed_without_what_is_not_published() -> None:
    baznas = make_aggregator("BAZNAS", slug="baznas")
    donor = make_collaborator("Budi Contoh")
    money = make_confirmed(
        MILLION, aggregator=baznas, donor=donor, is_anonymous=True, reference="a.n. Budi"
    )
    make_confirmed(5, aggregator=make_aggregator(), kind=GiftKind.GOODS)
    make_gift(aggregator=baznas)

    found = read("donations?aggregator=baznas&lang=en")["items"]

    assert found == [
        {
            "code": money.code,
            "from": "Anonymous donor",
            "to": "baznas",
            "kind": "MONEY",
            "quantity": MILLION,
            "aid_type": None,
            "phase": 2,
            "area": None,
            "target_kind": None,
            "confirmed_at": "2020-05-01T12:00:00+07:00",
            "is_example": False,
        }
    ]
    assert [len(page) for page in walk("donations?limit=1")] == [1, 1]


def test_purchases_are_listed_beside_the_reference_price_unless_taken_back() -> None:
    baznas = make_aggregator("BAZNAS", slug="baznas")
    make_confirmed(2 * MILLION, aggregator=baznas)
    kept, gone = (make_lot(3, 190_000, aggregator=baznas) for _ in range(2))
    entry = Posting.objects.filter(debit__lot=gone)[0].entry_id
    take_back(entry_id=entry, aggregator=baznas, reason="salah", actor=DESK, now=NOON)

    (found,) = read("purchases")["items"]

    assert (found["id"], found["quantity"]) == (kept.pk, 3)
    assert (found["unit_price_idr"], found["reference_price_idr"]) == (190_000, 200_000)
    assert "CV Contoh" not in str(found)
