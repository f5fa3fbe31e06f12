from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.commitments.actions.post import Posting, post
from ksbb.commitments.actions.reserve import (
    MAX_LINES,
    CommitmentRefusedError,
    check_giver,
    check_open,
    check_takeable,
)
from ksbb.commitments.enums import Reason
from ksbb.commitments.locking import lines_of, lock_commitment
from ksbb.commitments.models import CommitmentLine
from ksbb.commitments.rules import next_state
from ksbb.needs.locking import lock_needs
from ksbb.programmes.enums import Stage
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.commitments.locking import LockedCommitment
    from ksbb.commitments.models import Commitment
    from ksbb.needs.locking import LockedNeed


class ChangeRefusedError(DomainError):
    """What is to leave a line, or to be added, cannot be."""


@transaction.atomic
def change(
    *,
    commitment_id: int,
    less: Mapping[int, int],
    more: Mapping[int, int],
    reason: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Commitment:
    """Give more to needs (`more`, by the key of the need) and less of lines (`less`, by theirs).

    All of it or nothing, in units of the aid types. Only what is not handed over can leave a
    line. State and clock stay as they are, so nobody gains time by moving a promise about.
    Raises ChangeRefusedError, MoveRefusedError, what `reserve` raises of needs, and
    ChangedMeanwhileError where something was done after the audit entry `seen`.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="change",
            commitment=commitment_id,
            less=sorted(less.items()),
            more=sorted(more.items()),
            reason=reason,
        ),
    )
    replay = find_replay(request)
    commitment = lock_commitment(commitment_id)
    if replay:
        return commitment
    check_unchanged(commitment, seen=seen)
    # Whatever can still be withdrawn can still be changed.
    next_state(commitment, "cancel")
    check_giver(commitment.collaborator)
    lines = lines_of(commitment)
    _check_less(lines, less, more)
    needs = lock_needs({*more, *(line.need_id for line in lines if line.pk in less)})
    _check_more([need for need in needs if need.pk in more], commitment, more, now)
    entry = record(
        action="commitments.change",
        obj=commitment,
        actor=actor,
        now=now,
        reason=reason,
        changes={"freed": _by_text(less), "added": _by_text(more)},
        request=request,
    )
    taking = _lines_for(commitment, lines, needs, more)
    given_back = [Posting(line, Stage.COMMITTED, -less.get(line.pk, 0)) for line in lines]
    taken = [Posting(line, Stage.COMMITTED, more[line.need_id]) for line in taking]
    post(entry=entry, reason=Reason.CANCEL, postings=given_back)
    post(entry=entry, reason=Reason.RESERVE, postings=taken)
    return commitment


def _check_less(
    lines: Sequence[CommitmentLine], less: Mapping[int, int], more: Mapping[int, int]
) -> None:
    if not more:
        raise ChangeRefusedError(_("Say where more is to go. To give less, reduce or withdraw."))
    if any(quantity < 1 for quantity in [*less.values(), *more.values()]):
        raise ChangeRefusedError(_("Each quantity must be at least 1."))
    if set(less) - {line.pk for line in lines}:
        raise ChangeRefusedError(_("A line does not belong to this commitment. Reload the page."))
    for line in lines:
        if less.get(line.pk, 0) > line.undelivered:
            raise ChangeRefusedError(
                _("Only %(most)s are promised and not yet handed over, not %(wanted)s.")
                % {"most": number(line.undelivered), "wanted": number(less[line.pk])}
            )
        if line.pk in less and line.need_id in more:
            raise ChangeRefusedError(_("Choose another place than the one it comes from."))
    if len({*more, *(line.need_id for line in lines)}) > MAX_LINES:
        raise ChangeRefusedError(
            _("A commitment can have at most %(most)s lines; make a second one for the rest.")
            % {"most": number(MAX_LINES)}
        )


def _check_more(
    needs: Sequence[LockedNeed],
    commitment: LockedCommitment,
    more: Mapping[int, int],
    now: datetime,
) -> None:
    if len(needs) != len(more):
        raise CommitmentRefusedError(
            _("One of the chosen needs does not exist in this programme any more. Choose again.")
        )
    check_takeable(needs, commitment.programme, now)
    check_open(needs, more)


def _lines_for(
    commitment: LockedCommitment,
    lines: Sequence[CommitmentLine],
    needs: Sequence[LockedNeed],
    more: Mapping[int, int],
) -> list[CommitmentLine]:
    """Return a line for each need that gets more: the one there is, grown, or a new one."""
    grown = [line for line in lines if line.need_id in more]
    for line in grown:
        line.quantity += more[line.need_id]
    # The counters are the trigger's: only what was promised is written here.
    CommitmentLine.objects.bulk_update(grown, ["quantity"])
    known = {line.need_id for line in grown}
    return grown + CommitmentLine.objects.bulk_create(
        [
            CommitmentLine(commitment=commitment, need=need, quantity=more[need.pk])
            for need in needs
            if need.pk in more and need.pk not in known
        ]
    )


def _by_text(quantities: Mapping[int, int]) -> dict[str, int]:
    return {str(key): quantity for key, quantity in sorted(quantities.items())}
