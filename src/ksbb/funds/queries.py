from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import connection
from django.db.models import Count, Sum

from ksbb.collaborators.queries import collaborators_of
from ksbb.funds.codes import spelled
from ksbb.funds.enums import GiftKind, GiftState
from ksbb.funds.models import Gift, Proof

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from ksbb.accounts.models import User
    from ksbb.collaborators.models import Collaborator
    from ksbb.programmes.models import Programme


class MoneyGiven(NamedTuple):
    """A gift of money and what of it stood on the book at some moment, in rupiah."""

    gift: Gift
    amount: int


def with_names(gifts: QuerySet[Gift]) -> QuerySet[Gift]:
    """Return the gifts with what their pages say about them."""
    return gifts.select_related(
        "donor", "aggregator", "programme", "phase", "aid_type", "area", "target_kind"
    )


def find_gift(code: str) -> Gift | None:
    """Return the gift of a code, however it was typed; None if there is none."""
    return with_names(Gift.objects.filter(code=spelled(code))).first()


def has_proof(gift: Gift) -> bool:
    """Return whether a picture of the transfer was sent; only `look_at_proof` shows it."""
    return Proof.objects.filter(gift=gift).exists()


def awaiting_confirmation(aggregator: Collaborator) -> QuerySet[Gift]:
    """Return what was declared to an aggregator and waits for its word, oldest first."""
    waiting = Gift.objects.filter(aggregator=aggregator, state=GiftState.DECLARED)
    return with_names(waiting).order_by("declared_at", "pk")


_MONEY_GIVEN: Final = """
    SELECT given.gift_id, SUM(amount)
    FROM (
        SELECT a.gift_id, p.amount
        FROM funds_posting p JOIN funds_account a ON a.id = p.credit_id
        WHERE p.at <= %(until)s AND a.kind = 'GIVEN' AND a.aid_type_id IS NULL
        UNION ALL
        SELECT a.gift_id, -p.amount
        FROM funds_posting p JOIN funds_account a ON a.id = p.debit_id
        WHERE p.at <= %(until)s AND a.kind = 'GIVEN' AND a.aid_type_id IS NULL
    ) AS given
    JOIN funds_gift g ON g.id = given.gift_id AND g.programme_id = %(programme)s
    GROUP BY given.gift_id
    HAVING SUM(amount) <> 0
"""


def money_given(programme: Programme, as_of: datetime) -> list[MoneyGiven]:
    """Return the money confirmed by aggregators as of a moment, the earliest phase first.

    Reckoned from the postings up to the moment, so what was mended later reads as it stood.
    """
    until = connection.ops.adapt_datetimefield_value(as_of)
    with connection.cursor() as cursor:
        cursor.execute(_MONEY_GIVEN, {"programme": programme.pk, "until": until})
        sums = {key: int(amount) for key, amount in cursor.fetchall()}
    gifts = with_names(Gift.objects.filter(pk__in=list(sums)))
    ordered = gifts.order_by("phase__number", "pk")
    return [MoneyGiven(gift, sums[gift.pk]) for gift in ordered]


class PhaseMoney(NamedTuple):
    """The confirmed money of one phase, in rupiah, and how many gifts it is."""

    phase: int
    rupiah: int
    gifts: int


def confirmed_by_phase(programme: Programme) -> list[PhaseMoney]:
    """Return the money on the book by the phase it was given for."""
    given = Gift.objects.filter(programme=programme, kind=GiftKind.MONEY, state=GiftState.CONFIRMED)
    rows = given.order_by("phase__number").values_list("phase__number")
    return [PhaseMoney(*row) for row in rows.annotate(rupiah=Sum("accepted"), gifts=Count("pk"))]


def gifts_to(aggregator: Collaborator, programme: Programme) -> QuerySet[Gift]:
    """Return the confirmed gifts to an aggregator in a programme, newest first."""
    confirmed = Gift.objects.filter(
        aggregator=aggregator, programme=programme, state=GiftState.CONFIRMED
    )
    return with_names(confirmed).order_by("-decided_at", "-pk")


def given_for(user: User | AnonymousUser) -> QuerySet[Gift]:
    """Return the gifts of every donor a person acts for, newest first."""
    own = Gift.objects.filter(donor__in=collaborators_of(user))
    return with_names(own).order_by("-declared_at", "-pk")
