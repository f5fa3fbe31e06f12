from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.commitments.actions.complete import complete_if_done
from ksbb.commitments.actions.post import Posting, post
from ksbb.commitments.actions.step import step
from ksbb.commitments.enums import Reason
from ksbb.commitments.locking import LockedCommitment, lines_of, lock_commitment
from ksbb.commitments.rules import CALLING, next_state
from ksbb.programmes.enums import Stage
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.audit.models import Entry
    from ksbb.commitments.models import Commitment, CommitmentLine


class CancellationRefusedError(DomainError):
    """More was to be cancelled than is promised and not yet handed over."""


@transaction.atomic
def cancel(
    *,
    commitment_id: int,
    quantities: Mapping[int, int] | None = None,
    reason: str,
    actor: Actor,
    now: datetime,
    for_others: bool = False,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Commitment:
    """Take back what is not handed over: everything, or `quantities` by the key of the line.

    The quantity is open for others at once; `for_others` shows it to them as something that was
    promised and waits to be taken over. A commitment with nothing left is cancelled; one whose
    rest is handed over and confirmed is completed.
    Raises CancellationRefusedError, MoveRefusedError, and ChangedMeanwhileError where something
    was done after the audit entry `seen`.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="release" if for_others else "cancel",
            commitment=commitment_id,
            quantities=None if quantities is None else sorted(quantities.items()),
            reason=reason,
        ),
    )
    replay = find_replay(request)
    commitment = lock_commitment(commitment_id)
    if replay:
        return commitment
    check_unchanged(commitment, seen=seen)
    lines = lines_of(commitment)
    next_state(commitment, "cancel")
    if for_others and commitment.state not in CALLING:
        raise CancellationRefusedError(
            _("Only an accepted commitment can be passed on. Withdraw it: it is open at once.")
        )
    postings = [
        Posting(line, Stage.COMMITTED, -freed)
        for line, freed in zip(lines, _freed(lines, quantities), strict=True)
    ]
    nothing_left = sum(line.committed for line in lines) == -sum(p.delta for p in postings)
    freed = {str(p.line.pk): -p.delta for p in postings if p.delta}
    changes = {"freed": freed} | ({"for_others": True} if for_others else {})
    entry = _write(commitment, nothing_left, changes, reason, actor, now, request)
    post(entry=entry, reason=Reason.RELEASE if for_others else Reason.CANCEL, postings=postings)
    if not nothing_left:
        complete_if_done(commitment, actor=actor, now=now)
    return commitment


def _freed(lines: list[CommitmentLine], quantities: Mapping[int, int] | None) -> list[int]:
    if quantities is None:
        freed = [line.undelivered for line in lines]
    else:
        if unknown := set(quantities) - {line.pk for line in lines}:
            raise CancellationRefusedError(
                _("This commitment has no line %(line)s.") % {"line": min(unknown)}
            )
        freed = [quantities.get(line.pk, 0) for line in lines]
    for line, quantity in zip(lines, freed, strict=True):
        if not 0 <= quantity <= line.undelivered:
            raise CancellationRefusedError(
                _("Only %(most)s can still be cancelled on this line, not %(wanted)s.")
                % {"most": number(line.undelivered), "wanted": number(quantity)}
            )
    if not any(freed):
        raise CancellationRefusedError(_("There is nothing left to cancel."))
    return freed


def _write(
    commitment: LockedCommitment,
    nothing_left: bool,  # noqa: FBT001 - says which of two rows the audit gets
    changes: dict[str, Any],
    reason: str,
    actor: Actor,
    now: datetime,
    request: Request,
) -> Entry:
    if nothing_left:
        return step(
            commitment,
            "cancel",
            actor=actor,
            now=now,
            request=request,
            reason=reason,
            changes=changes,
        )
    return record(
        action="commitments.reduce",
        obj=commitment,
        actor=actor,
        now=now,
        reason=reason,
        changes=changes,
        request=request,
    )
