"""Which kinds of places a programme helps; a kind with needs is not left out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.needs.models import Need
from ksbb.programmes.actions.write import SetupRefusedError
from ksbb.programmes.locking import lock_programme
from ksbb.programmes.models import TargetKind
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import listing

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.programmes.models import Programme


@transaction.atomic
def choose_kinds(
    *,
    programme_id: int,
    kinds: frozenset[int],
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Programme:
    """Set the kinds of places a programme helps, by their keys.

    Raises SetupRefusedError where one that is left out has needs or rules in the programme;
    ChangedMeanwhileError after the audit entry `seen`.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="kinds", programme=programme_id, kinds=sorted(kinds)),
    )
    replay = find_replay(request)
    programme = lock_programme(programme_id)
    if replay:
        return programme
    check_unchanged(programme, seen=seen)
    before = list(programme.target_kinds.all())
    after = list(TargetKind.objects.filter(pk__in=kinds))
    for kind in before:
        if kind.pk not in kinds and _stands_on(programme, kind):
            raise SetupRefusedError(
                _("“%(name)s” has needs or rules in this programme, so it stays.")
                % {"name": kind.name}
            )
    names = [[one.slug for one in chosen] for chosen in (before, after)]
    if names[0] == names[1]:
        return programme
    programme.target_kinds.set(after)
    record(
        action="programmes.choose_kinds",
        obj=programme,
        actor=actor,
        now=now,
        changes={"kinds": [listing(one) or "–" for one in names]},
        request=request,
    )
    return programme


def _stands_on(programme: Programme, kind: TargetKind) -> bool:
    return (
        programme.need_rules.filter(target_kind=kind).exists()
        or Need.objects.filter(phase__programme=programme, target__kind=kind).exists()
    )
