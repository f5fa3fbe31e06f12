from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.overlap.actions.enter import ServedRefusedError
from ksbb.overlap.models import Served
from ksbb.programmes.locking import lock_programme
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


@transaction.atomic
def take_back(
    *, served_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Served:
    """Undo one entry by a row that says so; both stay on record.

    Raises ServedRefusedError without a reason, and for what is undone already or undoes.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="take-served-back", served=served_id, reason=reason),
    )
    if replay := find_replay(request):
        return Served.objects.get(entry=replay)
    served = Served.objects.select_related("phase", "target").get(pk=served_id)
    lock_programme(served.phase.programme_id)
    if not reason.strip():
        raise ServedRefusedError(_("Say why it is taken back."))
    if served.takes_back_id or Served.objects.filter(takes_back=served).exists():
        raise ServedRefusedError(_("This entry is taken back already."))
    entry = record(
        action="overlap.take_back",
        obj=served.target,
        actor=actor,
        now=now,
        reason=reason,
        changes={"source": served.source, "quantity": -served.delta},
        request=request,
    )
    return Served.objects.create(
        target=served.target,
        phase=served.phase,
        aid_type_id=served.aid_type_id,
        delta=-served.delta,
        kind=served.kind,
        source=served.source,
        day=served.day,
        document=served.document,
        at=now,
        entry=entry,
        file_id=served.file_id,
        takes_back=served,
        is_example=served.is_example,
    )
