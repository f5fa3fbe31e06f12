"""Rows of banks that wait for a person's word, with the gifts they may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q

from ksbb.funds.enums import GiftKind, GiftState
from ksbb.funds.matching import UNIQUE_CODE, Credit, Wanted, codes_in, suggest
from ksbb.funds.models import BankAnswer, BankRow, Gift
from ksbb.funds.queries import with_names
from ksbb.funds.statements.lines import SEN
from ksbb.shared.clock import in_wib

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from ksbb.collaborators.models import Collaborator
    from ksbb.funds.matching import Why

MOST_GIFTS: Final = 500
"""So many gifts are compared with the rows of one page."""


class Match(NamedTuple):
    """A gift a row may be, and what speaks for it."""

    gift: Gift
    reasons: tuple[Why, ...]


class OpenRow(NamedTuple):
    """A row with its suggestions, the likeliest first."""

    row: BankRow
    matches: list[Match]


def standing(answers: QuerySet[BankAnswer]) -> QuerySet[BankAnswer]:
    """Return those of some answers that nobody took back."""
    return answers.filter(taken_back__isnull=True)


def answers_to(**fields: OuterRef) -> Exists:
    """Return whether a row of an outer query has a standing answer: by `row`, or by `gift`."""
    return Exists(standing(BankAnswer.objects.filter(**fields)))


def rows_of(aggregator: Collaborator) -> QuerySet[BankRow]:
    """Return every bank row of an aggregator, newest first."""
    rows = BankRow.objects.filter(account__aggregator=aggregator).select_related("account")
    return rows.order_by("-day", "-pk")


def unanswered(aggregator: Collaborator) -> QuerySet[BankRow]:
    """Return the credits nobody has said anything about, newest first."""
    return rows_of(aggregator).filter(~answers_to(row=OuterRef("pk")), is_credit=True)


def answered(aggregator: Collaborator) -> QuerySet[BankAnswer]:
    """Return the standing answers about an aggregator's rows, the last one first."""
    found = standing(BankAnswer.objects.filter(row__account__aggregator=aggregator))
    return found.select_related("row", "gift__donor").order_by("-pk")


def answers_about(row: BankRow) -> QuerySet[BankAnswer]:
    """Return all that was ever said of a row, also what was taken back, in its order."""
    return row.answers.select_related("gift__donor", "taken_back").order_by("pk")


def with_suggestions(rows: Sequence[BankRow], aggregator: Collaborator) -> list[OpenRow]:
    """Return each row with the gifts it may be: declared ones, or confirmed without a bank row."""
    gifts = {gift.pk: gift for gift in _candidates(rows, aggregator)}
    wanted = [_wanted(gift) for gift in gifts.values()]
    return [
        OpenRow(
            row,
            [
                Match(gifts[one.key], one.reasons)
                for one in suggest(Credit(row.day, row.sen, row.text), wanted)
            ],
        )
        for row in rows
    ]


def could_be(aggregator: Collaborator) -> QuerySet[Gift]:
    """Return all gifts of money that wait for a word and have no bank row, the oldest first."""
    return _unmatched(aggregator).filter(state=GiftState.DECLARED).order_by("declared_at", "pk")


def _unmatched(aggregator: Collaborator) -> QuerySet[Gift]:
    gifts = Gift.objects.filter(
        ~answers_to(gift=OuterRef("pk")),
        aggregator=aggregator,
        kind=GiftKind.MONEY,
        state__in=(GiftState.DECLARED, GiftState.CONFIRMED),
    )
    return with_names(gifts)


def _candidates(rows: Sequence[BankRow], aggregator: Collaborator) -> QuerySet[Gift]:
    may_be = Q(pk__in=())
    for row in rows:
        whole = row.sen // SEN
        may_be |= Q(declared__range=(whole - UNIQUE_CODE, whole)) | Q(accepted=whole)
        if codes := codes_in(row.text):
            may_be |= Q(code__in=codes)
    return _unmatched(aggregator).filter(may_be).order_by("pk")[:MOST_GIFTS]


def _wanted(gift: Gift) -> Wanted:
    rupiah = gift.declared if gift.accepted is None else gift.accepted
    day = in_wib(gift.declared_at).date()
    return Wanted(gift.pk, gift.code, rupiah, day, gift.donor.name, gift.reference)
