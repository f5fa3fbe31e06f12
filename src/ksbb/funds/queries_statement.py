"""What a period did to an aggregator's book: what stood before, what moved, what stands after.

Balances of a moment are those of now less what moved since, so old entries cost nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Q, Sum

from ksbb.funds.enums import AccountKind
from ksbb.funds.models import Account, Posting
from ksbb.programmes.models import AidType, Programme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ksbb.collaborators.models import Collaborator

AT_ONCE: Final = 2_000
"""So many entries are held in memory while they go by."""

RUPIAH: Final = None
"""The unit of money; other units are the keys of aid types."""

Unit = int | None


@dataclass(frozen=True)
class Statement:
    """The book of an aggregator from `since` up to and without `until`.

    `opening` and `closing` hold what stood by unit and account kind, `moved` what went from one
    kind to another by unit. Closing is opening and moved together, to the rupiah.
    """

    since: datetime
    until: datetime
    opening: Counter[tuple[Unit, str]]
    closing: Counter[tuple[Unit, str]]
    moved: Counter[tuple[Unit, str, str]]
    costs: list[Costs]
    aid_types: list[AidType]

    def net(self, unit: Unit, source: AccountKind, goal: AccountKind) -> int:
        """Return what went from one kind to another, less what came back."""
        return self.moved[unit, source, goal] - self.moved[unit, goal, source]


class Costs(NamedTuple):
    """Operating costs of one programme beside what was received for it, both up to the end."""

    programme: Programme
    received: int
    costs: int

    @property
    def share(self) -> float:
        """Costs by received; 0 where nothing was received."""
        return self.costs / self.received if self.received else 0.0

    @property
    def passes_cap(self) -> bool:
        """Whether the costs are above what the programme says the law allows."""
        return self.costs * 100 > self.received * self.programme.cost_cap_percent


class EntryRow(NamedTuple):
    """One posting as it stands in the list of entries. Names of donors are left out."""

    number: int
    at: datetime
    reason: str
    source: str
    goal: str
    amount: int
    unit: str | None
    gift: str | None
    supplier: str | None
    invoice: str | None
    commitment: str | None
    place: str | None
    reverses: int | None


def statement_of(aggregator: Collaborator, since: datetime, until: datetime) -> Statement:
    """Return the statement of a period, of all programmes of the aggregator."""
    now = _balances(aggregator)
    after = _moved(aggregator, Q(at__gte=until))
    inside = _moved(aggregator, Q(at__gte=since, at__lt=until))
    closing = _before(now, after)
    opening = _before(closing, inside)
    units = {unit for unit, _kind in now if unit is not None}
    return Statement(
        since=since,
        until=until,
        opening=opening,
        closing=closing,
        moved=inside,
        costs=_costs(aggregator, until),
        aid_types=list(
            AidType.objects.filter(pk__in=units)
            .select_related("programme")
            .order_by("programme", "position")
        ),
    )


def entries_of(aggregator: Collaborator, since: datetime, until: datetime) -> Iterator[EntryRow]:
    """Yield the postings of a period in their order, a few at a time."""
    rows = Posting.objects.filter(debit__aggregator=aggregator, at__gte=since, at__lt=until)
    found = rows.order_by("at", "pk").values_list(
        "pk",
        "at",
        "reason",
        "credit__kind",
        "debit__kind",
        "amount",
        "debit__aid_type__slug",
        "debit__gift__code",
        "debit__lot__supplier",
        "debit__lot__invoice",
        "debit__line__commitment__code",
        "debit__line__need__target__code",
        "reverses",
    )
    for row in found.iterator(chunk_size=AT_ONCE):
        yield EntryRow(*row)


def _balances(aggregator: Collaborator) -> Counter[tuple[Unit, str]]:
    rows = Account.objects.filter(aggregator=aggregator).order_by()
    sums = rows.values_list("aid_type", "kind").annotate(total=Sum("balance"))
    return Counter({(unit, kind): total for unit, kind, total in sums})


def _moved(aggregator: Collaborator, when: Q) -> Counter[tuple[Unit, str, str]]:
    rows = Posting.objects.filter(when, debit__aggregator=aggregator).order_by()
    sums = rows.values_list("debit__aid_type", "credit__kind", "debit__kind")
    return Counter({row[:3]: row[3] for row in sums.annotate(total=Sum("amount"))})


def _before(
    balances: Counter[tuple[Unit, str]], moved: Counter[tuple[Unit, str, str]]
) -> Counter[tuple[Unit, str]]:
    found = Counter(balances)
    for (unit, source, goal), amount in moved.items():
        found[unit, source] += amount
        found[unit, goal] -= amount
    return found


def _costs(aggregator: Collaborator, until: datetime) -> list[Costs]:
    sums: Counter[tuple[int, str]] = Counter()
    money = Account.objects.filter(
        aggregator=aggregator,
        aid_type__isnull=True,
        kind__in=(AccountKind.GIVEN, AccountKind.COSTS),
    ).order_by()
    for programme, kind, total in money.values_list("gift__programme", "kind").annotate(
        total=Sum("balance")
    ):
        sums[programme, kind] += total
    later = Posting.objects.filter(at__gte=until, debit__aggregator=aggregator).order_by()
    for side, sign in (("debit", -1), ("credit", 1)):
        rows = later.filter(
            **{
                f"{side}__aid_type__isnull": True,
                f"{side}__kind__in": (AccountKind.GIVEN, AccountKind.COSTS),
            }
        ).values_list(f"{side}__gift__programme", f"{side}__kind")
        for programme, kind, total in rows.annotate(total=Sum("amount")):
            sums[programme, kind] += sign * total
    programmes = Programme.objects.filter(pk__in={key for key, _kind in sums}).order_by("pk")
    return [
        Costs(one, -sums[one.pk, AccountKind.GIVEN], sums[one.pk, AccountKind.COSTS])
        for one in programmes
    ]
