"""What of an aggregator's book can still be reversed, and which promises have no stock yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Exists, Max, OuterRef, Q, Sum

from ksbb.audit.models import Entry
from ksbb.commitments.models import Commitment
from ksbb.funds.enums import REVERSIBLE, Reason
from ksbb.funds.models import Account, Lot, Posting

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ksbb.collaborators.models import Collaborator

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


def without_stock(aggregator: Collaborator) -> QuerySet[Commitment]:
    """Return what an aggregator has promised without stock set aside for it, newest first."""
    accounts = Account.objects.filter(line__commitment=OuterRef("pk"))
    standing = Commitment.objects.filter(
        ~Exists(accounts), collaborator=aggregator, lines__committed__gt=0
    )
    return standing.distinct().order_by("-pk")
