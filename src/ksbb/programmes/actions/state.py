"""Opening a programme to everybody, closing it, and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import NO_REQUEST, Request, check_unchanged, find_replay
from ksbb.programmes.actions.write import SetupRefusedError
from ksbb.programmes.checklist import checklist
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.locking import LockedProgramme, lock_programme
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import listing

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.programmes.models import Programme


def check_ready(programme: Programme, now: datetime) -> None:
    """Raise SetupRefusedError naming what a programme lacks before it can be published."""
    if programme.state != ProgrammeState.DRAFT:
        raise SetupRefusedError(_("The programme is published already."))
    lacking = [item.words for item in checklist(programme, now.date()) if item.blocks]
    if lacking:
        raise SetupRefusedError(_("Still missing: %(what)s.") % {"what": listing(lacking)})


@transaction.atomic
def publish_programme(
    *, programme_id: int, reason: str, actor: Actor, now: datetime, request: Request = NO_REQUEST
) -> LockedProgramme:
    """Open a programme that has all it needs to everybody; a step of a larger action.

    Raises SetupRefusedError.
    """
    programme = lock_programme(programme_id)
    check_ready(programme, now)
    _turn(programme, ProgrammeState.OPEN, "programmes.publish", reason, actor, now, request)
    return programme


@transaction.atomic
def close_programme(
    *,
    programme_id: int,
    reason: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Programme:
    """Take no new commitments; what is committed goes on, and everything can still be read.

    Raises SetupRefusedError without a reason or where it is not open.
    """
    return _decide(
        programme_id,
        (ProgrammeState.OPEN, ProgrammeState.CLOSED),
        reason,
        actor,
        now,
        seen,
        idempotency_key,
    )


@transaction.atomic
def reopen_programme(
    *,
    programme_id: int,
    reason: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Programme:
    """Let a closed programme take commitments again. Raises SetupRefusedError."""
    return _decide(
        programme_id,
        (ProgrammeState.CLOSED, ProgrammeState.OPEN),
        reason,
        actor,
        now,
        seen,
        idempotency_key,
    )


def _decide(
    programme_id: int,
    way: tuple[ProgrammeState, ProgrammeState],
    reason: str,
    actor: Actor,
    now: datetime,
    seen: int | None,
    key: str,
) -> Programme:
    before, after = way
    verb = "programmes.close" if after == ProgrammeState.CLOSED else "programmes.reopen"
    request = Request(
        key=key, fingerprint=fingerprint(action=verb, programme=programme_id, reason=reason)
    )
    replay = find_replay(request)
    programme = lock_programme(programme_id)
    if replay:
        return programme
    check_unchanged(programme, seen=seen)
    if not reason.strip():
        raise SetupRefusedError(_("Say why; the reason is kept on record."))
    if programme.state != before:
        raise SetupRefusedError(
            _("The programme is in another state: %(state)s.")
            % {"state": programme.get_state_display()}
        )
    _turn(programme, after, verb, reason, actor, now, request)
    return programme


def _turn(
    programme: LockedProgramme,
    state: ProgrammeState,
    verb: str,
    reason: str,
    actor: Actor,
    now: datetime,
    request: Request,
) -> None:
    before, programme.state = programme.state, state
    programme.save(update_fields=["state"])
    record(
        action=verb,
        obj=programme,
        actor=actor,
        now=now,
        reason=reason,
        changes={"state": [before, state]},
        request=request,
    )
