"""A period of an aggregator's book is closed, beside what its bank says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.funds.locking import lock_closing
from ksbb.funds.models import Close
from ksbb.funds.queries_close import end_of, open_since, unspent_at
from ksbb.funds.statements.lines import SEN
from ksbb.shared.clock import in_wib
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import day, rupiah, sen
from ksbb.shared.rupiah import LARGEST_AMOUNT

if TYPE_CHECKING:
    from datetime import date, datetime

    from ksbb.audit.actors import Actor
    from ksbb.collaborators.models import Collaborator

GRACE: Final = timedelta(hours=1)
"""After the end of a day what was begun in it is on the book, or was given up."""


class CloseRefusedError(DomainError):
    """The period cannot be closed so."""


@transaction.atomic
def close(
    *,
    aggregator: Collaborator,
    last: date,
    bank: int,
    reason: str = "",
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Close:
    """Close the book from the last close (or the first posting) to the end of the day `last`.

    `bank` is what stood in the bank accounts then, in sen. Where the book says otherwise, a reason
    explains the difference. Nothing opens a closed period again. Raises CloseRefusedError.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="close_period", aggregator=aggregator.pk, last=last, bank=bank, reason=reason
        ),
    )
    if replay := find_replay(request):
        return Close.objects.get(entry=replay)
    until = end_of(last)
    if until + GRACE > now:
        raise CloseRefusedError(
            _("%(day)s is not over yet. A period can be closed an hour after its last day.")
            % {"day": day(last)}
        )
    lock_closing(aggregator.pk)
    since = _since(aggregator, until)
    book = unspent_at(aggregator, until)
    _check(book, bank, reason)
    entry = record(
        action="funds.close",
        obj=aggregator,
        actor=actor,
        now=now,
        reason=reason.strip(),
        changes={"last": last.isoformat(), "book": book, "bank": bank},
        request=request,
    )
    return Close.objects.create(
        aggregator=aggregator,
        since=since,
        until=until,
        book=book,
        bank=bank,
        reason=reason.strip(),
        entry=entry,
    )


def _since(aggregator: Collaborator, until: datetime) -> datetime:
    since = open_since(aggregator)
    if since is None:
        raise CloseRefusedError(_("Nothing is on the book yet, so there is no period to close."))
    if since >= until:
        before = in_wib(since).date() - timedelta(days=1)
        raise CloseRefusedError(
            _("The open period begins after %(day)s. Choose a later last day.")
            % {"day": day(before)}
        )
    return since


def _check(book: int, bank: int, reason: str) -> None:
    if not 0 <= bank <= LARGEST_AMOUNT * SEN:
        raise CloseRefusedError(_("Write what stood in the bank accounts, at least 0."))
    if bank != book * SEN and not reason.strip():
        raise CloseRefusedError(
            _(
                "The book says %(book)s and the bank %(bank)s. Explain the difference of "
                "%(difference)s; it stays beside the period."
            )
            % {"book": rupiah(book), "bank": sen(bank), "difference": sen(bank - book * SEN)}
        )
