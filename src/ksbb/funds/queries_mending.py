"""What of an aggregator's book can still be reversed, and which promises have no stock yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from ksbb.audit.models import Entry
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.funds.enums import BROUGHT, REVERSIBLE, AccountKind, Reason
from ksbb.funds.models import Account, Lot, Posting
from ksbb.programmes.models import AidType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from ksbb.collaborators.models import Collaborator
    from ksbb.needs.models import Need

MOST: Final = 100
"""So many of the newest are offered."""


class Reversible(NamedTuple):
    """A purchase, a cost or a loss as a whole; `rupiah` and `packages` are what it moved."""

    entry: Entry
    reason: Reason
    lot: Lot | None
    rupiah: int
    packages: int


def reversible(aggregator: Collaborator) -> list[Reversible]:
    """Return what was not reversed yet, the newest first."""
    standing = Posting.objects.filter(
        debit__aggregator=aggregator, reason__in=REVERSIBLE, reversed_by__isnull=True
    ).order_by()
    is_money = Q(debit__aid_type__isnull=True)
    sums = standing.values("entry", "reason").annotate(
        lot=Max("debit__lot"),
        rupiah=Sum("amount", filter=is_money, default=0),
        packages=Sum("amount", filter=~is_money, default=0),
    )
    rows = list(sums.order_by("-entry")[:MOST])
    entries = Entry.objects.in_bulk([row["entry"] for row in rows])
    lots = Lot.objects.select_related("aid_type").in_bulk([row["lot"] for row in rows])
    return [
        Reversible(
            entries[row["entry"]],
            Reason(row["reason"]),
            lots.get(row["lot"]),
            row["rupiah"],
            row["packages"],
        )
        for row in rows
    ]


class LackingLine(NamedTuple):
    """A line of a commitment, and how many packages nothing in stock stands behind."""

    pk: int
    need: Need
    missing: int


def without_stock(aggregator: Collaborator) -> QuerySet[Commitment]:
    """Return what an aggregator promised for which stock is not set aside in full, newest first."""
    lines = _lines().filter(commitment=OuterRef("pk"), committed__gt=F("held"))
    return Commitment.objects.filter(Exists(lines), collaborator=aggregator).order_by("-pk")


def lacking_lines(commitment: Commitment) -> list[LackingLine]:
    """Return the lines of a commitment for which stock is not set aside in full."""
    lines = _lines().filter(commitment=commitment, committed__gt=F("held"))
    found = lines.select_related("need__target", "need__aid_type").order_by("pk")
    return [LackingLine(line.pk, line.need, line.committed - line.held) for line in found]


def missing_by_kind(
    commitments: Sequence[Commitment],
) -> dict[Commitment, list[tuple[AidType, int]]]:
    """Return of each commitment how many packages of which kind have no stock behind them."""
    rows = (
        _lines()
        .filter(commitment__in=commitments, committed__gt=F("held"))
        .order_by("commitment", "need__aid_type")
        .values_list("commitment", "need__aid_type")
        .annotate(missing=Sum(F("committed") - F("held")))
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for commitment, kind, missing in rows:
        found.setdefault(commitment, []).append((kind, missing))
    kinds = AidType.objects.in_bulk({kind for lacks in found.values() for kind, _ in lacks})
    return {
        one: [(kinds[kind], missing) for kind, missing in found.get(one.pk, ())]
        for one in commitments
    }


def stock_by_kind(aggregator: Collaborator) -> list[tuple[AidType, int]]:
    """Return how many packages of each kind are in stock, whatever they may be given for."""
    there = Account.objects.filter(
        aggregator=aggregator, kind=AccountKind.STOCK, aid_type__isnull=False, balance__gt=0
    ).order_by()
    sums = dict(there.values_list("aid_type").annotate(total=Sum("balance")))
    return [(kind, sums[kind.pk]) for kind in AidType.objects.filter(pk__in=sums)]


def lacking(commitment: Commitment) -> int:
    """Return how many packages of a commitment from stock have no stock behind them; else 0."""
    if not Account.objects.filter(line__commitment=commitment).exists():
        return 0
    return sum(line.missing for line in lacking_lines(commitment))


def _lines() -> QuerySet[Any]:
    """Return lines with what is set aside or was handed over of stock for each, as `held`."""
    brought = Account.objects.filter(
        line=OuterRef("pk"), kind__in=BROUGHT, aid_type__isnull=False
    ).order_by()
    held = brought.values("line").annotate(there=Sum("balance")).values("there")
    return CommitmentLine.objects.annotate(held=Coalesce(Subquery(held), 0))
