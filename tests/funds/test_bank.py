from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from ksbb.audit.models import Entry
from ksbb.collaborators.models import Collaborator
from ksbb.funds.actions.bank import (
    BankRefusedError,
    TakenIn,
    match,
    set_apart,
    take_back_answer,
)
from ksbb.funds.actions.close import close
from ksbb.funds.actions.decide import DecisionRefusedError
from ksbb.funds.enums import AccountKind, GiftKind, GiftState
from ksbb.funds.matching import Why
from ksbb.funds.models import BankAccount, BankAnswer, BankRow, Gift, Posting
from ksbb.funds.queries_bank import answers_about, unanswered, with_suggestions
from ksbb.funds.statements.lines import Line
from ksbb.notices.models import Notice
from ksbb.reports.integrity import differences
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import (
    MILLION,
    balance,
    make_aggregator,
    make_bank_row,
    make_confirmed,
    make_gift,
    make_lot,
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
        match(row_id=row.pk, parts={gift.pk: None}, actor=DESK, now=NOON, idempotency_key="k")

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
        match(row_id=row.pk, parts={gift.pk: None}, actor=DESK, now=NOON)
    assert (Posting.objects.count(), BankAnswer.objects.count()) == (0, 0)
    match(row_id=row.pk, parts={gift.pk: None}, reason="kode unik", actor=DESK, now=NOON)

    assert balance(AccountKind.CASH) == MILLION + 123


def test_a_gift_confirmed_before_is_only_tied_to_its_row(baznas: Collaborator) -> None:
    gift, row = make_confirmed(aggregator=baznas), make_bank_row(baznas)
    assert why(row, baznas) == [(gift, (Why.AMOUNT, Why.DAY))]

    match(row_id=row.pk, parts={gift.pk: None}, actor=DESK, now=NOON)

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
            match(row_id=one.pk, parts={given.pk: None}, actor=DESK, now=NOON)
    match(row_id=row.pk, parts={gift.pk: None}, actor=DESK, now=NOON)
    again = make_bank_row(baznas, text="lagi")
    for one in (row, again):
        with pytest.raises(BankRefusedError):
            match(row_id=one.pk, parts={gift.pk: None}, actor=DESK, now=NOON)

    assert Posting.objects.count() == before + 1


def test_a_row_that_is_no_gift_says_what_it_is(baznas: Collaborator) -> None:
    row = make_bank_row(baznas)
    with pytest.raises(BankRefusedError):
        set_apart(row_id=row.pk, reason=" ", actor=DESK, now=NOON)

    set_apart(row_id=row.pk, reason="bunga", actor=DESK, now=NOON)

    assert list(unanswered(baznas)) == []
    with pytest.raises(BankRefusedError):
        match(row_id=row.pk, parts={make_gift(aggregator=baznas).pk: None}, actor=DESK, now=NOON)
    assert Posting.objects.count() == 0


def test_one_transfer_is_split_over_the_gifts_it_pays_to_the_rupiah(baznas: Collaborator) -> None:
    gifts = [make_gift(amount, aggregator=baznas) for amount in (600_000, 400_000)]
    first, second = (gift.pk for gift in gifts)
    row = make_bank_row(baznas, MILLION)

    for parts, sentence in (
        ({first: 600_000, second: 399_999}, "it is IDR 1 too little"),
        ({first: 600_000, second: 400_001}, "it is IDR 1 too much"),
        ({first: MILLION, second: 0}, "at least 1 rupiah"),
        ({}, "Choose a gift of money"),
    ):
        with override("en"), pytest.raises(BankRefusedError, match=sentence):
            match(row_id=row.pk, parts=parts, actor=DESK, now=NOON)
    with pytest.raises(DecisionRefusedError):
        match(row_id=row.pk, parts={first: 500_000, second: 500_000}, actor=DESK, now=NOON)
    assert (Posting.objects.count(), BankAnswer.objects.count()) == (0, 0)
    for _time in range(2):
        match(
            row_id=row.pk,
            parts={second: 400_000, first: 600_000},
            actor=DESK,
            now=NOON,
            idempotency_key="k",
        )

    assert [balance(AccountKind.CASH, gift=gift) for gift in gifts] == [600_000, 400_000]
    assert list(BankAnswer.objects.values_list("gift", "sen")) == [
        (first, 60_000_000),
        (second, 40_000_000),
    ]
    assert list(unanswered(baznas)) == []
    assert differences() == []


def test_an_answer_is_taken_back_by_a_reversal_and_the_row_waits_again(
    baznas: Collaborator,
) -> None:
    wrong, right, row = (
        make_gift(aggregator=baznas),
        make_gift(aggregator=baznas),
        make_bank_row(baznas),
    )
    match(row_id=row.pk, parts={wrong.pk: None}, actor=DESK, now=NOON)

    with pytest.raises(BankRefusedError):
        take_back_answer(row_id=row.pk, reason=" ", actor=DESK, now=NOON)
    for _time in range(2):
        take_back_answer(
            row_id=row.pk, reason="bukan dia", actor=DESK, now=NOON, idempotency_key="k"
        )

    wrong.refresh_from_db()
    assert (wrong.state, wrong.accepted, wrong.receipt_number, wrong.reason) == (
        GiftState.DECLARED,
        None,
        None,
        "bukan dia",
    )
    assert list(Posting.objects.values_list("reason", "amount")) == [
        ("GIFT", MILLION),
        ("REVERSE", MILLION),
    ]
    assert list(unanswered(baznas)) == [row]
    assert [one.taken_back.reason for one in answers_about(row)] == ["bukan dia"]
    assert Notice.objects.order_by("-pk")[0].kind == "GIFT_REOPENED"
    with pytest.raises(BankRefusedError):
        take_back_answer(row_id=row.pk, reason="lagi", actor=DESK, now=NOON)

    match(row_id=row.pk, parts={right.pk: None}, actor=DESK, now=NOON)
    other = make_bank_row(baznas, text="lain")
    match(row_id=other.pk, parts={wrong.pk: None}, actor=DESK, now=NOON)

    assert [balance(AccountKind.CASH, gift=one) for one in (right, wrong)] == [MILLION, MILLION]
    assert differences() == []


def test_a_gift_confirmed_before_stays_when_its_row_is_taken_back(baznas: Collaborator) -> None:
    gift, row = make_confirmed(aggregator=baznas, now=NOON), make_bank_row(baznas)
    match(row_id=row.pk, parts={gift.pk: None}, actor=DESK, now=NOON)

    take_back_answer(row_id=row.pk, reason="baris lain", actor=DESK, now=NOON)

    gift.refresh_from_db()
    assert (gift.state, balance(AccountKind.CASH)) == (GiftState.CONFIRMED, MILLION)
    assert list(unanswered(baznas)) == [row]


def test_what_is_spent_or_closed_is_not_taken_back(baznas: Collaborator) -> None:
    gift, row = make_gift(aggregator=baznas), make_bank_row(baznas)
    noted = make_bank_row(baznas, 5, text="BUNGA")
    april = NOON.replace(month=4, day=30)
    set_apart(row_id=noted.pk, reason="bunga", actor=DESK, now=april)
    make_confirmed(7, aggregator=baznas, now=april)
    close(aggregator=baznas, last=april.date(), bank=700, actor=DESK, now=NOON)
    match(row_id=row.pk, parts={gift.pk: None}, actor=DESK, now=NOON)
    make_lot(1, 200_000, aggregator=baznas)

    with override("en"), pytest.raises(DecisionRefusedError, match="IDR 200,000 of gift"):
        take_back_answer(row_id=row.pk, reason="salah", actor=DESK, now=NOON)
    with override("en"), pytest.raises(BankRefusedError, match="closed, up to and including"):
        take_back_answer(row_id=noted.pk, reason="salah", actor=DESK, now=NOON)

    gift.refresh_from_db()
    assert gift.state == GiftState.CONFIRMED


def test_the_database_refuses_a_second_answer_about_a_gift_and_more_than_the_row(
    baznas: Collaborator,
) -> None:
    gift, row = make_confirmed(aggregator=baznas), make_bank_row(baznas)
    other = make_bank_row(baznas, 2 * MILLION, text="lain")
    [answer] = match(row_id=row.pk, parts={gift.pk: None}, actor=DESK, now=NOON)
    said = {"confirms": False, "reason": "x", "entry": answer.entry}

    for fields in (
        {"row": other, "gift": gift, "sen": 5},
        {"row": row, "gift": None, "sen": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            BankAnswer.objects.create(**fields, **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAnswer.objects.filter(pk=answer.pk).delete()
