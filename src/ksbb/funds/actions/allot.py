"""Packages in stock are promised to places: the commitment below, the stock here, in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.commitments.actions.promise import promise
from ksbb.commitments.locking import lock_commitment
from ksbb.commitments.models import Commitment
from ksbb.funds.actions.carry import carry
from ksbb.funds.actions.follow import bring_back, keep_step
from ksbb.funds.actions.post import post
from ksbb.funds.actions.tell import tell_donors
from ksbb.funds.earmarks import may_go, strictness
from ksbb.funds.enums import AccountKind, Reason
from ksbb.funds.holdings import Holdings, allotted, stock
from ksbb.funds.locking import lock_accounts
from ksbb.funds.models import Account, Lot
from ksbb.funds.queries_mending import lacking_lines
from ksbb.notices.enums import Kind
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from ksbb.audit.actors import Actor
    from ksbb.collaborators.models import Collaborator
    from ksbb.commitments.actions.reserve import LineRequest
    from ksbb.commitments.actions.submit import Plan
    from ksbb.funds.actions.post import Move
    from ksbb.funds.queries_mending import LackingLine
    from ksbb.programmes.models import Programme


class StockShortError(DomainError):
    """The stock that may go there does not hold as much; nothing was committed."""


class AlreadySetAsideError(DomainError):
    """The commitment has its packages from stock."""


@transaction.atomic
def commit_from_stock(
    *,
    aggregator: Collaborator,
    programme: Programme,
    lines: Sequence[LineRequest],
    plan: Plan,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Commitment:
    """Promise packages in stock to needs and set them aside, all of it or nothing.

    Lots that are tied down most go first, then the oldest. What came free by cancellations is in
    stock again before. Raises StockShortError and what `promise` raises.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="commit_from_stock",
            aggregator=aggregator.pk,
            programme=programme.pk,
            lines=sorted(map(tuple, lines)),
            plan=vars(plan),
        ),
    )
    if replay := find_replay(request):
        return Commitment.objects.get(pk=replay.object_id)
    # Needs are locked before accounts, here as everywhere.
    commitment = promise(
        programme=programme, giver=aggregator, lines=lines, plan=plan, actor=actor, now=now
    )
    bring_back(aggregator=aggregator, actor=actor, now=now)
    entry = record(
        action="funds.allot",
        obj=commitment,
        actor=actor,
        now=now,
        changes={"packages": sum(line.quantity for line in lines)},
        request=request,
    )
    moves = _set_aside(commitment, aggregator, programme)
    post(entry=entry, reason=Reason.ALLOT, moves=moves)
    tell_donors(Kind.GIFT_ALLOTTED, moves, now=now)
    return commitment


@transaction.atomic
def set_aside_for(
    *,
    commitment_id: int,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Commitment:
    """Set stock aside for what a commitment of an aggregator lacks, all of it or nothing.

    What was handed over of it already leaves the stock in the same step.
    Raises AlreadySetAsideError, StockShortError.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="set_aside_for", commitment=commitment_id),
    )
    replay = find_replay(request)
    commitment = lock_commitment(commitment_id)
    if replay:
        return commitment
    entry = record(action="funds.allot", obj=commitment, actor=actor, now=now, request=request)
    moves = _set_aside(commitment, commitment.collaborator, commitment.programme)
    if not moves:
        raise AlreadySetAsideError(
            _("Packages are set aside for %(code)s already.") % {"code": commitment.code}
        )
    post(entry=entry, reason=Reason.ALLOT, moves=moves)
    tell_donors(Kind.GIFT_ALLOTTED, moves, now=now)
    keep_step(commitment, entry=entry)
    return commitment


def set_aside_what_there_is(commitment: Commitment, *, actor: Actor, now: datetime) -> None:
    """Set stock aside for what was added to a commitment from stock, as far as there is any.

    In the transaction of the change, whose locks of needs come first. One that was not made from
    stock is left alone; `queries_mending.lacking` says what is still missing.
    """
    if not Account.objects.filter(line__commitment=commitment.pk).exists():
        return
    aggregator, programme = commitment.collaborator, commitment.programme
    moves = _set_aside(commitment, aggregator, programme, whole=False)
    if moves:
        entry = record(action="funds.allot", obj=commitment, actor=actor, now=now)
        post(entry=entry, reason=Reason.ALLOT, moves=moves)
        tell_donors(Kind.GIFT_ALLOTTED, moves, now=now)


def hold_stock(commitment: Commitment) -> None:
    """Lock at once, in the order of their keys, all accounts a change of a commitment may move."""
    own = Account.objects.filter(line__commitment=commitment.pk)
    if own.exists():
        there = _in_stock(commitment.collaborator, commitment.programme)
        lots = Account.objects.filter(kind=AccountKind.STOCK, lot__accounts__in=own)
        keys = {*own.values_list("pk", flat=True)}
        keys |= {*there.values_list("pk", flat=True), *lots.values_list("pk", flat=True)}
        lock_accounts(Account.objects.filter(pk__in=keys))


def _in_stock(aggregator: Collaborator, programme: Programme) -> QuerySet[Account]:
    return Account.objects.filter(
        aggregator=aggregator,
        kind=AccountKind.STOCK,
        lot__programme=programme,
        balance__gt=0,
    )


def _set_aside(
    commitment: Commitment, aggregator: Collaborator, programme: Programme, *, whole: bool = True
) -> list[Move]:
    """Return the moves for all that lines lack in stock; not `whole`: for as much as there is."""
    holdings = Holdings(lock_accounts(_in_stock(aggregator, programme)))
    keys = [place.lot for place, there in holdings.packages.items() if there]
    lots = sorted(Lot.objects.filter(pk__in=keys), key=lambda lot: (-strictness(lot), lot.pk))
    moves: list[Move] = []
    for line in lacking_lines(commitment):
        found, left = _for_line(line, lots, holdings)
        if left and whole:
            raise _short(line, left)
        moves += found
    return moves


def _for_line(line: LackingLine, lots: Sequence[Lot], holdings: Holdings) -> tuple[list[Move], int]:
    left, moves = line.missing, []
    for lot in lots:
        if left and may_go(lot, line.need):
            part = min(left, holdings.packages[stock(lot.pk)])
            goal = allotted(lot.pk, line.pk)
            moves += carry(holdings, part, lot=lot, source=stock(lot.pk), goal=goal)
            left -= part
    return moves, left


def _short(line: LackingLine, left: int) -> StockShortError:
    return StockShortError(
        _(
            "Nothing was committed: of %(kind)s that may go to %(place)s, %(short)s are "
            "missing in stock."
        )
        % {
            "kind": line.need.aid_type.name,
            "place": line.need.target.name,
            "short": number(left),
        }
    )
