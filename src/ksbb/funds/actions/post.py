from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from ksbb.funds.enums import Reason
from ksbb.funds.models import Account, Close, Posting, last_day
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ksbb.audit.models import Entry


AT_ONCE: Final = 100
"""So many accounts are looked up in one statement; SQLite takes no condition much longer."""


class PeriodClosedError(DomainError):
    """The period a posting is dated in is closed."""


class Name(NamedTuple):
    """What an account is called: keys of rows, None where they say nothing.

    Without an aid type it holds rupiah, else packages of that type.
    """

    aggregator: int
    kind: str
    aid_type: int | None = None
    gift: int | None = None
    lot: int | None = None
    line: int | None = None


class Move(NamedTuple):
    """An amount above 0 that goes from one account to another; zero is left out of the ledger."""

    source: Name
    goal: Name
    amount: int


def post(*, entry: Entry, reason: Reason, moves: Sequence[Move]) -> None:
    """Write postings at the moment of their audit row and open the accounts they need.

    The trigger adds them to the balances; an account that would be overdrawn fails a check
    constraint and takes the whole transaction back. All moves are of one aggregator.
    Raises PeriodClosedError.
    """
    real = [move for move in moves if move.amount]
    if not real:
        return
    if connection.vendor == "postgresql":
        _post_at_once(entry, reason, real)
    else:
        _post_step_by_step(entry, reason, real)


def _post_at_once(entry: Entry, reason: Reason, real: Sequence[Move]) -> None:
    """Write them by one function of the database, in one round trip (migration 0006)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT funds_post(%s, %s, %s, %s, %s::jsonb)",
            [
                real[0].source.aggregator,
                entry.pk,
                entry.at,
                reason,
                json.dumps([_as_json(move) for move in real]),
            ],
        )
        (closed,) = cursor.fetchone()
    if closed:
        raise _closed(closed)


def _as_json(move: Move) -> dict[str, Any]:
    return {
        "aid_type": move.source.aid_type,
        "amount": move.amount,
        **_side("from", move.source),
        **_side("to", move.goal),
    }


def _side(side: str, name: Name) -> dict[str, Any]:
    return {
        f"{side}_kind": name.kind,
        f"{side}_gift": name.gift,
        f"{side}_lot": name.lot,
        f"{side}_line": name.line,
    }


def _post_step_by_step(entry: Entry, reason: Reason, real: Sequence[Move]) -> None:
    _check_open(real[0].source.aggregator, entry)
    keys = _keys_of({name for move in real for name in (move.source, move.goal)})
    Posting.objects.bulk_create(
        [
            Posting(
                debit_id=keys[move.goal],
                credit_id=keys[move.source],
                amount=move.amount,
                reason=reason,
                at=entry.at,
                entry=entry,
            )
            for move in real
        ]
    )


def reverse(*, entry: Entry, postings: Sequence[Posting]) -> None:
    """Write each posting back the way it came, at the moment of `entry`, which says why."""
    if postings:
        _check_open(postings[0].debit.aggregator_id, entry)
    Posting.objects.bulk_create(
        [
            Posting(
                debit_id=posting.credit_id,
                credit_id=posting.debit_id,
                amount=posting.amount,
                reason=Reason.REVERSE,
                at=entry.at,
                entry=entry,
                reverses=posting,
            )
            for posting in postings
        ]
    )


def _check_open(aggregator: int, entry: Entry) -> None:
    """Refuse an entry dated in a closed period; a trigger does so whatever code writes."""
    closed = Close.objects.filter(aggregator=aggregator, until__gt=entry.at).order_by("-until")
    if last := closed.first():
        raise _closed(last.until)


def _closed(until: datetime) -> PeriodClosedError:
    return PeriodClosedError(
        _(
            "The book is closed up to and including %(day)s, so nothing can be entered for "
            "that time. What was wrong in it is mended by a reversal of today."
        )
        % {"day": day(last_day(until))}
    )


def name_of(account: Account) -> Name:
    """Return the name of an account."""
    return Name(
        account.aggregator_id,
        account.kind,
        account.aid_type_id,
        account.gift_id,
        account.lot_id,
        account.line_id,
    )


def _keys_of(names: set[Name]) -> dict[Name, int]:
    """Return the keys of accounts by name, of which new ones are opened."""
    known = _find(names)
    missing = sorted(names - set(known), key=str)
    if missing:
        Account.objects.bulk_create([_account(name) for name in missing], ignore_conflicts=True)
        known |= _find(set(missing))
    return known


def _find(names: set[Name]) -> dict[Name, int]:
    ordered = sorted(names, key=str)
    parts = (ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE))
    return {name: key for part in parts for name, key in _find_some(part).items()}


def _find_some(names: Sequence[Name]) -> dict[Name, int]:
    wanted = Q(pk__in=())
    for name in names:
        wanted |= Q(
            aggregator_id=name.aggregator,
            kind=name.kind,
            **_exactly("aid_type", name.aid_type),
            **_exactly("gift", name.gift),
            **_exactly("lot", name.lot),
            **_exactly("line", name.line),
        )
    return {name_of(account): account.pk for account in Account.objects.filter(wanted)}


def _exactly(field: str, key: int | None) -> dict[str, int | bool]:
    return {f"{field}__isnull": True} if key is None else {f"{field}_id": key}


def _account(name: Name) -> Account:
    return Account(
        aggregator_id=name.aggregator,
        kind=name.kind,
        aid_type_id=name.aid_type,
        gift_id=name.gift,
        lot_id=name.lot,
        line_id=name.line,
    )
