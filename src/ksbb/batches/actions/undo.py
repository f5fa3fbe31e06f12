"""Taking a file back out of the book: all of it, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.batches.actions.look_again import chunks
from ksbb.batches.actions.write_rows import from_kept
from ksbb.batches.compare import standing
from ksbb.batches.enums import Effect, State
from ksbb.batches.locking import lock_batch, take_turn
from ksbb.batches.models import BatchRow
from ksbb.needs.actions.recount import Recount, recount
from ksbb.needs.actions.withdraw import withdraw
from ksbb.needs.enums import Verification
from ksbb.needs.locking import lock_needs
from ksbb.needs.models import Need, Target, TargetContact
from ksbb.regions.actions.add_rw import remove_rw
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.batches.locking import LockedBatch
    from ksbb.batches.models import Batch

SHOWN: Final = 20


class UndoRefusedError(DomainError):
    """Something was built on what the file brought, so it stays as it is."""

    def __init__(self, obstacles: list[str], count: int) -> None:
        """Name the first obstacles and say how many there are."""
        self.obstacles = obstacles
        super().__init__(
            _(
                "The file cannot be taken back: something was done since at %(count)s of its "
                "places. Nothing was changed. %(which)s"
            )
            % {"count": number(count), "which": " ".join(obstacles)}
        )


class NothingToUndoError(DomainError):
    """The file does not stand in the book."""


@transaction.atomic
def undo(
    *,
    batch_id: int,
    reason: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Batch:
    """Bring every place and need back to what it was before the file, in one transaction.

    Raises UndoRefusedError naming what stands in the way, NothingToUndoError and
    ChangedMeanwhileError.
    """
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="undo", batch=batch_id, reason=reason)
    )
    replay = find_replay(request)
    take_turn()
    batch = lock_batch(batch_id)
    if replay:
        return batch
    check_unchanged(batch, seen=seen)
    if batch.state != State.COMMITTED:
        raise NothingToUndoError(_("This file does not stand in the book."))
    _lock_all_needs(batch)
    _refuse_what_was_built_on(batch)
    words = _("%(file)s taken back: %(reason)s") % {"file": batch, "reason": reason}
    for rows in chunks(batch, written=True):
        _take_back(rows, words, actor, now)
    BatchRow.objects.filter(batch=batch, written=True).update(written=False)
    batch.state = State.UNDONE
    batch.save(update_fields=["state"])
    record(action="batches.undo", obj=batch, actor=actor, now=now, reason=reason, request=request)
    return batch


def _lock_all_needs(batch: LockedBatch) -> None:
    keys = sorted(
        {one[0] for rows in chunks(batch, written=True) for row in rows for one in row.needs}
    )
    for first in range(0, len(keys), 2_000):
        lock_needs(keys[first : first + 2_000])


def _refuse_what_was_built_on(batch: LockedBatch) -> None:
    count, obstacles = 0, list[str]()
    for rows in chunks(batch, written=True):
        for sentence in _obstacles(rows):
            count += 1
            if len(obstacles) < SHOWN:
                obstacles.append(sentence)
    if count:
        raise UndoRefusedError(obstacles, count)


def _obstacles(rows: list[BatchRow]) -> Iterator[str]:
    """Yield one sentence for each place of these rows that cannot go back."""
    codes = [row.target_code for row in rows]
    held = Target.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    targets = {one.code: one for one in held.filter(code__in=codes)}
    known = [one.pk for one in targets.values()]
    with_contact = set(
        TargetContact.objects.filter(target__in=known).values_list("target_id", flat=True)
    )
    keys = [need for row in rows for need, *_ in row.needs]
    needs = Need.objects.in_bulk(keys)
    for row in rows:
        target = targets.get(row.target_code)
        if target and (why := _obstacle(row, target, needs, with_contact)):
            yield f"{target.name}: {why}"


def _obstacle(row: BatchRow, target: Target, needs: dict[int, Need], with_contact: set[int]) -> str:
    stands = standing(target)
    if any(stands[name] != value for name, value in (row.after or {}).items()):
        return _("its count or address was changed later.")
    if row.effect == Effect.NEW:
        if target.verification != Verification.PENDING:
            return _("it was verified or refused.")
        return _("its contact was entered.") if target.pk in with_contact else ""
    for key, before, after in row.needs:
        need = needs[key]
        if need.quantity != after:
            return _("its need was changed later.")
        if before < need.committed:
            return _("%(committed)s are committed, its need cannot fall back to %(before)s.") % {
                "committed": number(need.committed),
                "before": number(before),
            }
    return ""


def _take_back(rows: list[BatchRow], words: str, actor: Actor, now: datetime) -> None:
    new = [row.target_code for row in rows if row.effect == Effect.NEW]
    withdraw(list(Target.objects.filter(code__in=new).values_list("pk", flat=True)))
    remove_rw([row.target_code for row in rows if row.made_region])
    changed = [row for row in rows if row.effect != Effect.NEW]
    targets = {
        one.code: one
        for one in Target.objects.filter(code__in=[row.target_code for row in changed])
    }
    recount(
        [
            Recount(
                target=targets[row.target_code],
                values=from_kept(row.before),
                needs=[(key, after, before) for key, before, after in row.needs],
            )
            for row in changed
            if row.target_code in targets
        ],
        reason=words,
        actor=actor,
        now=now,
    )
