"""Publishing a programme: it opens to everybody together with what its verified places need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.queries import NO_REQUEST, Request, check_unchanged, find_replay
from ksbb.needs.actions.publish import publish
from ksbb.programmes.actions.state import check_ready, publish_programme
from ksbb.programmes.actions.write import SetupRefusedError
from ksbb.programmes.locking import GoneError
from ksbb.programmes.models import Programme
from ksbb.programmes.queries import takes_two
from ksbb.rights.actions.approvals import ask
from ksbb.rights.enums import Step
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.rights.models import Approval


@transaction.atomic
def open_programme(
    *,
    programme_id: int,
    reason: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Programme | Approval:
    """Publish a programme with its needs, or ask a second officer where it marks that step.

    Raises SetupRefusedError without a reason or naming what is missing, ChangedMeanwhileError
    after the audit entry `seen`, and what `ask` raises.
    """
    programme = Programme.objects.filter(pk=programme_id).first()
    if programme is None:
        raise GoneError
    if takes_two(Step.PUBLISH, programme):
        check_ready(programme, now)
        return ask(
            step=Step.PUBLISH,
            obj=programme,
            payload={},
            reason=reason,
            actor=actor,
            now=now,
            idempotency_key=idempotency_key,
        )
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="open", programme=programme_id, reason=reason),
    )
    if find_replay(request):
        return Programme.objects.get(pk=programme_id)
    check_unchanged(programme, seen=seen)
    return open_now(programme_id=programme_id, reason=reason, actor=actor, now=now, request=request)


@transaction.atomic
def open_now(
    *, programme_id: int, reason: str, actor: Actor, now: datetime, request: Request = NO_REQUEST
) -> Programme:
    """Publish a programme, with the needs of all phases that are not over; both or neither."""
    if not reason.strip():
        raise SetupRefusedError(_("Say why; the reason is kept on record."))
    programme = publish_programme(
        programme_id=programme_id, reason=reason, actor=actor, now=now, request=request
    )
    publish(programme=programme, since=now.date(), actor=actor, now=now)
    return programme
