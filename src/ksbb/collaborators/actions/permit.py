from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.collaborators.locking import lock_collaborator
from ksbb.collaborators.models import Collaborator, Permit
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


class PermitRefusedError(DomainError):
    """The permit cannot be written down, suspended or restored so."""


@dataclass(frozen=True, kw_only=True)
class PermitPaper:
    """What stands on the paper; `region` is a region code, empty for all of Indonesia."""

    number: str
    issuer: str
    region: str
    valid_until: date


@transaction.atomic
def add_permit(
    *,
    collaborator_id: int,
    paper: PermitPaper,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
    is_example: bool = False,
) -> Permit:
    """Write down a permit the working group has seen. Raises PermitRefusedError."""
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="permit", collaborator=collaborator_id, paper=paper),
    )
    if replay := find_replay(request):
        return Permit.objects.get(pk=replay.object_id)
    holder = lock_collaborator(collaborator_id)
    _check(holder, paper)
    permit = Permit.objects.create(
        collaborator=holder,
        number=paper.number.strip(),
        issuer=paper.issuer.strip(),
        region_id=paper.region or None,
        valid_until=paper.valid_until,
        is_example=is_example,
    )
    record(
        action="collaborators.add_permit",
        obj=permit,
        actor=actor,
        now=now,
        changes={"number": permit.number, "valid_until": permit.valid_until.isoformat()},
        request=request,
    )
    return permit


def suspend_permit(
    *, permit_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Permit:
    """Let an aggregator take no new gifts under a permit; what it holds stays on the book."""
    if not reason.strip():
        raise PermitRefusedError(_("Say why the permit is suspended; everybody can read it."))
    return _set(permit_id, "suspend_permit", now, reason, actor, now, idempotency_key)


def restore_permit(
    *, permit_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Permit:
    """End a suspension, with the reason."""
    if not reason.strip():
        raise PermitRefusedError(_("Say why the suspension ends; the reason is kept on record."))
    return _set(permit_id, "restore_permit", None, reason, actor, now, idempotency_key)


@transaction.atomic
def _set(
    permit_id: int,
    verb: str,
    suspended_at: datetime | None,
    reason: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str,
) -> Permit:
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action=verb, permit=permit_id, reason=reason),
    )
    replay = find_replay(request)
    permit = (
        Permit.objects.select_for_update(of=("self",), no_key=True)
        .select_related("collaborator")
        .get(pk=permit_id)
    )
    if replay:
        return permit
    if bool(permit.suspended_at) == bool(suspended_at):
        raise PermitRefusedError(
            _("Permit %(number)s is suspended already.") % {"number": permit.number}
            if suspended_at
            else _("Permit %(number)s is not suspended.") % {"number": permit.number}
        )
    permit.suspended_at = suspended_at
    permit.suspended_because = reason if suspended_at else ""
    permit.save(update_fields=["suspended_at", "suspended_because"])
    record(
        action=f"collaborators.{verb}",
        obj=permit,
        actor=actor,
        now=now,
        reason=reason,
        request=request,
    )
    return permit


def _check(holder: Collaborator, paper: PermitPaper) -> None:
    if not holder.is_aggregator:
        raise PermitRefusedError(
            _("“%(name)s” is no aggregator, so it needs no permit.") % {"name": holder.name}
        )
    if not paper.number.strip() or not paper.issuer.strip():
        raise PermitRefusedError(_("Write the number of the permit and who issued it."))
    if Permit.objects.filter(collaborator=holder, number=paper.number.strip()).exists():
        raise PermitRefusedError(
            _("Permit %(number)s is on record already.") % {"number": paper.number}
        )
