"""The stock follows its commitment: what is handed over leaves, what is cancelled comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.commitments.models import CommitmentLine
from ksbb.funds.actions.carry import carry
from ksbb.funds.actions.post import post
from ksbb.funds.actions.tell import tell_donors
from ksbb.funds.enums import AccountKind, Reason
from ksbb.funds.holdings import Holdings, allotted, delivered, stock
from ksbb.funds.locking import lock_accounts
from ksbb.funds.models import Account, Lot
from ksbb.notices.enums import Kind
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from ksbb.audit.actors import Actor
    from ksbb.audit.models import Entry
    from ksbb.collaborators.models import Collaborator
    from ksbb.commitments.locking import LockedCommitment
    from ksbb.commitments.models import Commitment
    from ksbb.funds.actions.post import Move
    from ksbb.funds.locking import LockedAccount


class NotSetAsideError(DomainError):
    """More is handed over than was set aside from stock for it."""


def keep_step(commitment: LockedCommitment, *, entry: Entry) -> None:
    """Post what was handed over, or taken back from that, by the action of `entry`.

    To be called in its transaction after the movements. A commitment that was not made from stock
    is left alone. Raises NotSetAsideError.
    """
    accounts = Account.objects.filter(line__commitment=commitment.pk)
    if not accounts.exists():
        return
    holdings = Holdings(lock_accounts(accounts))
    lots = _lots(holdings)
    lines = CommitmentLine.objects.filter(commitment=commitment.pk).order_by("pk")
    told: list[Move] = []
    for line in lines:
        out = sum(holdings.packages[delivered(lot.pk, line.pk)] for lot in lots)
        more = line.delivered - out
        if more > 0:
            moves = _hand_over(line, more, lots, holdings)
            post(entry=entry, reason=Reason.DELIVER, moves=moves)
            told += moves
        else:
            moves = _take_back(line, -more, lots, holdings)
            post(entry=entry, reason=Reason.TAKE_BACK, moves=moves)
    tell_donors(Kind.GIFT_DELIVERED, told, now=entry.at)


@transaction.atomic
def bring_back(*, aggregator: Collaborator, actor: Actor, now: datetime) -> int:
    """Return to stock what was set aside for any commitment that no longer wants it.

    Whatever frees a commitment does so by itself (`free`); this finds what an earlier version, or
    a plain statement of SQL, has left. Returns how many packages came back.
    """
    return _bring_back(Account.objects.filter(aggregator=aggregator), aggregator, actor, now)


def bring_back_from(commitment: Commitment, *, actor: Actor, now: datetime) -> int:
    """Return to stock what a commitment no longer wants, in the transaction that freed it.

    The commitment is locked, and its needs are by the movements: accounts come after both.
    """
    accounts = Account.objects.filter(line__commitment=commitment.pk)
    return _bring_back(accounts, commitment, actor, now)


def hold_loose(commitments: QuerySet[Commitment]) -> None:
    """Lock in one statement all accounts `bring_back_from` takes from for these commitments."""
    loose = _loose(Account.objects.filter(line__commitment__in=commitments))
    if loose:
        _lock_for(loose)


def _bring_back(
    among: QuerySet[Account], about: Collaborator | Commitment, actor: Actor, now: datetime
) -> int:
    loose = _loose(among)
    if not loose:
        return 0
    held = _lock_for(loose)
    # Asked again under the lock: somebody may have brought them back meanwhile.
    holdings, lines = Holdings(held), CommitmentLine.objects.filter(pk__in=loose).order_by("pk")
    moves, count = [], 0
    lots = _lots(holdings)
    for line in lines:
        aside = sum(holdings.packages[allotted(lot.pk, line.pk)] for lot in lots)
        excess = aside - line.undelivered
        count += max(excess, 0)
        moves += _return(line, excess, lots, holdings)
    if moves:
        entry = record(
            action="funds.bring_back",
            obj=about,
            actor=actor,
            now=now,
            changes={"packages": count},
        )
        post(entry=entry, reason=Reason.RETURN, moves=moves)
    return count


def _lock_for(lines: Sequence[int]) -> list[LockedAccount]:
    accounts = Account.objects.filter(
        Q(kind=AccountKind.STOCK, lot__accounts__line__in=lines) | Q(line__in=lines)
    )
    return lock_accounts(Account.objects.filter(pk__in=accounts.values("pk")))


def _loose(among: QuerySet[Account]) -> list[int]:
    """Return the lines for which more is set aside than they still want."""
    aside = among.filter(kind=AccountKind.ALLOTTED, aid_type__isnull=False, balance__gt=0)
    wanted = F("line__committed") - F("line__delivered")
    sums = aside.order_by().values("line", wanted=wanted).annotate(there=Sum("balance"))
    return [row["line"] for row in sums if row["there"] > row["wanted"]]


def _lots(holdings: Holdings) -> list[Lot]:
    keys = {place.lot for place in holdings.packages}
    return list(Lot.objects.filter(pk__in=keys).order_by("pk"))


def _hand_over(
    line: CommitmentLine, quantity: int, lots: Sequence[Lot], holdings: Holdings
) -> list[Move]:
    moves, left = [], quantity
    for lot in lots:
        source, goal = allotted(lot.pk, line.pk), delivered(lot.pk, line.pk)
        part = min(left, holdings.packages[source])
        moves += carry(holdings, part, lot=lot, source=source, goal=goal)
        left -= part
    if left:
        raise NotSetAsideError(
            _(
                "For this place only %(aside)s are set aside from stock. Set stock aside for the "
                "rest first, in the aggregator's book."
            )
            % {"aside": number(quantity - left)}
        )
    return moves


def _take_back(
    line: CommitmentLine, quantity: int, lots: Sequence[Lot], holdings: Holdings
) -> list[Move]:
    # The last that went out comes back first.
    moves, left = [], quantity
    for lot in reversed(lots):
        source, goal = delivered(lot.pk, line.pk), allotted(lot.pk, line.pk)
        part = min(left, holdings.packages[source])
        moves += carry(holdings, part, lot=lot, source=source, goal=goal)
        left -= part
    return moves


def _return(
    line: CommitmentLine, quantity: int, lots: Sequence[Lot], holdings: Holdings
) -> list[Move]:
    moves, left = [], max(quantity, 0)
    for lot in reversed(lots):
        source = allotted(lot.pk, line.pk)
        part = min(left, holdings.packages[source])
        moves += carry(holdings, part, lot=lot, source=source, goal=stock(lot.pk))
        left -= part
    return moves
