"""New counts of places that are known, with the needs that follow from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.needs.locking import lock_needs
from ksbb.needs.models import NeedAdjustment, Target
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.audit.models import Entry
    from ksbb.needs.locking import LockedNeed


class NeedMovedError(DomainError):
    """A need is not what it was, or cannot be what it is to be."""


@dataclass(frozen=True, kw_only=True)
class Recount:
    """What becomes different at one place: columns by name, needs as (key, before, after)."""

    target: Target
    values: dict[str, Any]
    needs: Sequence[tuple[int, int, int]] = field(default=())


@transaction.atomic
def recount(changes: Sequence[Recount], *, reason: str, actor: Actor, now: datetime) -> None:
    """Write new counts and the needs that follow, all or none; each change has its audit row.

    The caller holds the rows of the targets. Raises NeedMovedError where a need is not at the
    quantity it is said to come from, or would fall under what is committed.
    """
    needs = {
        need.pk: need for need in lock_needs([key for one in changes for key, *_ in one.needs])
    }
    for change in changes:
        _write_place(change, reason, actor, now)
    adjustments = [
        _adjustment(needs.get(key), before, after, reason, actor, now)
        for change in changes
        for key, before, after in change.needs
        if before != after
    ]
    NeedAdjustment.objects.bulk_create(adjustments, batch_size=2_000)


def _write_place(change: Recount, reason: str, actor: Actor, now: datetime) -> None:
    target = change.target
    if not change.values:
        return
    before = {name: getattr(target, name) for name in change.values}
    for name, value in change.values.items():
        setattr(target, name, value)
    target.save(update_fields=list(change.values))
    record(
        action="needs.recount",
        obj=target,
        actor=actor,
        now=now,
        reason=reason,
        changes={
            name: [_plain(before[name]), _plain(value)] for name, value in change.values.items()
        },
    )


def _adjustment(
    need: LockedNeed | None, before: int, after: int, reason: str, actor: Actor, now: datetime
) -> NeedAdjustment:
    if need is None or need.quantity != before:
        raise NeedMovedError(_("A need was changed in the meantime, so nothing was written."))
    if after < need.committed:
        raise NeedMovedError(
            _("%(place)s: %(committed)s are committed, so the need cannot fall to %(wanted)s.")
            % {
                "place": need.target.name,
                "committed": number(need.committed),
                "wanted": number(after),
            }
        )
    return NeedAdjustment(
        need=need,
        delta=after - before,
        at=now,
        reason=reason,
        entry=_entry(need, before, after, reason, actor, now),
    )


def _entry(
    need: LockedNeed, before: int, after: int, reason: str, actor: Actor, now: datetime
) -> Entry:
    return record(
        action="needs.adjust",
        obj=need,
        actor=actor,
        now=now,
        reason=reason,
        changes={"quantity": [before, after]},
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
