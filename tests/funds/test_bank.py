from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from ksbb.audit.models import Entry
from ksbb.collaborators.models import Collaborator
from ksbb.funds.actions.bank import BankRefusedError, TakenIn, match, set_apart
from ksbb.funds.actions.decide import DecisionRefusedError
from ksbb.funds.enums import AccountKind, GiftKind, GiftState
from ksbb.funds.matching import Why
from ksbb.funds.models import BankAccount, BankAnswer, BankRow, Gift, Posting
from ksbb.funds.queries_bank import unanswered, with_suggestions
from ksbb.funds.statements.lines import Line
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import (
    MILLION,
    balance,
    make_aggregator,
    make_bank_row,
    make_confirmed,
    make_gift,
    take_in,
)

pytestmark = pytest.mark.django_db

DAY = date(2020, 5, 1)


@pytest.fixture
def baznas() -> Collaborator:
    return make_aggregator("BAZNAS")


def line(rupiah: int, text: str = "TRF", *, is_credit: bool = True) -> Line:
    return Line(1, DAY, rupiah * 100, is_credit, text)


def why(row: BankRow, aggregator: Collaborator) -> list[tuple[Gift, tuple[Why, ...]]]:
    return [(one.gift, one.reasons) for one in with_suggestions([row], aggregator)[0].matches]


def test_a_file_sent_twice_and_one_that_overlaps_bring_each_row_once(baznas: Collaborator) -> None:
    rows = [line(5), line(7), line(7), line(9, is_credit=False)]

    assert take_in(baznas, *rows) == TakenIn(4, 4)
    assert take_in(baznas, *rows) == TakenIn(4, 0)
    assert take_in(baznas, *rows[1:], line(11)) == TakenIn(4, 1)
    assert BankRow.objects.count() == 5
    assert BankAccount.objects.count() == 1
    assert Posting.objects.count() == 0
    assert unanswered(baznas).count() == 4


def test_the_database_holds_each_row_once_and_as_the_bank_wrote_it(baznas: Collaborator) -> None:
    row = make_bank_row(baznas, text="TRF Siti Contoh")
    copy = {name: getattr(row, name) for name in ("account", "day", "sen", "is_credit", "entry")}
    for change in (
        lambda: BankRow.objects.create(mark=row.mark, **copy),
        lambda: BankRow.objects.filter(pk=row.pk).update(sen=1),
        lambda: BankRow.objects.filter(pk=row.pk).update(text="lain"),
        lambda: BankRow.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()

    BankRow.objects.filter(pk=row.pk).update(text="")

    assert BankRow.objects.get().text == ""


def test_gifts_are_suggested_by_amount_code_name_and_day(baznas: Collaborator) -> None:
    jne = make_gift(MILLION, aggregator=baznas, donor=make_collaborator("JNE Contoh"))
    other = make_gift(MILLION, aggregator=baznas, donor=make_collaborator("Museum"))
    make_gift(2 * MILLION, aggregator=baznas)
    make_gift(MILLION)
    make_gift(MILLION, aggregator=baznas, kind=GiftKind.GOODS)

    named = make_bank_row(baznas, text="TRSF E-BANKING JNE CONTOH")
    coded = make_bank_row(baznas, 700_000, text=f"TRF {other.code.replace('-', '')}")
    added = make_bank_row(baznas, MILLION + 123, text="TRF")
    nothing = make_bank_row(baznas, 5_000, text="BUNGA")

    assert why(named, baznas) == [
        (jne, (Why.AMOUNT, Why.NAME, Why.DAY)),
        (other, (Why.AMOUNT, Why.DAY)),
    ]
    assert why(coded, baznas) == [(other, (Why.CODE, Why.DAY))]
    assert why(added, baznas) == [(jne, (Why.NEARLY, Why.DAY)), (other, (Why.NEARLY, Why.DAY))]
    assert why(nothing, baznas) == []
    assert Gift.objects.filter(state=GiftState.CONFIRMED).count() == 0


def test_a_person_confirms_and_only_then_it_counts_once(baznas: Collaborator) -> None:
    gift, row = make_gift(aggregator=baznas), make_bank_row(baznas)
    assert balance(AccountKind.CASH) == 0

    for _time in range(2):
        match(row_id=row.pk, gift_id=gift.pk, actor=DESK, now=NOON, idempotency_key="k")

    assert balance(AccountKind.CASH) == MILLION
    assert Posting.objects.count() == 1
    assert BankAnswer.objects.get().gift == gift
    assert list(unanswered(baznas)) == []
    assert Entry.objects.filter(action="funds.match").count() == 1


def test_an_amount_that_is_not_as_declared_asks_why_and_posts_nothing_before(
    baznas: Collaborator,
) -> None:
    gift, row = make_gift(aggregator=baznas), make_bank_row(baznas, MILLION + 123)

    with pytest.raises(DecisionRefusedError):
        match(row_id=row.pk, gift_id=gift.pk, actor=DESK, now=NOON)
    assert (Posting.objects.count(), BankAnswer.objects.count()) == (0, 0)
    match(row_id=row.pk, gift_id=gift.pk, reason="kode unik", actor=DESK, now=NOON)

    assert balance(AccountKind.CASH) == MILLION + 123


def test_a_gift_confirmed_before_is_only_tied_to_its_row(baznas: Collaborator) -> None:
    gift, row = make_confirmed(aggregator=baznas), make_bank_row(baznas)
    assert why(row, baznas) == [(gift, (Why.AMOUNT, Why.DAY))]

    match(row_id=row.pk, gift_id=gift.pk, actor=DESK, now=NOON)

    assert Posting.objects.count() == 1
    assert BankAnswer.objects.get().gift == gift


def test_what_cannot_be_a_match_is_refused_and_nothing_is_posted(baznas: Collaborator) -> None:
    gift, row = make_gift(aggregator=baznas), make_bank_row(baznas)
    cases = [
        (row, make_gift(), "Choose a gift of money to this aggregator"),
        (row, make_gift(5, aggregator=baznas, kind=GiftKind.GOODS), "Choose a gift of money"),
        (row, make_confirmed(5, aggregator=baznas), "not with this amount"),
        (make_bank_row(baznas, sen=150), gift, "has sen"),
        (make_bank_row(baznas, is_credit=False), gift, "went out of the account"),
    ]
    before = Posting.objects.count()

    for one, given, sentence in cases:
        with override("en"), pytest.raises(BankRefusedError, match=sentence):
            match(row_id=one.pk, gift_id=given.pk, actor=DESK, now=NOON)
    match(row_id=row.pk, gift_id=gift.pk, actor=DESK, now=NOON)
    again = make_bank_row(baznas, text="lagi")
    for one in (row, again):
        with pytest.raises(BankRefusedError):
            match(row_id=one.pk, gift_id=gift.pk, actor=DESK, now=NOON)

    assert Posting.objects.count() == before + 1


def test_a_row_that_is_no_gift_says_what_it_is(baznas: Collaborator) -> None:
    row = make_bank_row(baznas)
    with pytest.raises(BankRefusedError):
        set_apart(row_id=row.pk, reason=" ", actor=DESK, now=NOON)

    set_apart(row_id=row.pk, reason="bunga", actor=DESK, now=NOON)

    assert list(unanswered(baznas)) == []
    with pytest.raises(BankRefusedError):
        match(row_id=row.pk, gift_id=make_gift(aggregator=baznas).pk, actor=DESK, now=NOON)
    assert Posting.objects.count() == 0
