"""A list of aid from other sources: taken in, written whole, taken back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.intake.words import shown
from ksbb.overlap.actions.enter import ServedRefusedError, enter
from ksbb.overlap.actions.take_back import take_back
from ksbb.overlap.enums import FileState
from ksbb.overlap.judging import NEW, judge, state_of
from ksbb.overlap.models import ServedFile
from ksbb.overlap.queries import same_file, standing
from ksbb.programmes.locking import lock_programme
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.overlap.listed import Listed
    from ksbb.programmes.models import Programme


@transaction.atomic
def receive_list(
    *,
    programme: Programme,
    listed: Listed,
    name: str,
    digest: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> ServedFile:
    """Keep the rows of a list for a look; the same file again is the one that is there."""
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="served-list", programme=programme.pk, digest=digest),
    )
    if replay := find_replay(request):
        return ServedFile.objects.get(pk=replay.object_id)
    lock_programme(programme.pk)
    if there := same_file(programme, digest):
        return there
    file = ServedFile.objects.create(
        programme=programme,
        file_name=shown(name, longest=160),
        digest=digest,
        rows=listed.rows,
        dropped=listed.dropped,
        created_at=now,
        created_by=actor.user,
    )
    record(
        action="overlap.receive_list",
        obj=file,
        actor=actor,
        now=now,
        changes={"file": file.file_name, "digest": digest, "rows": len(listed.rows)},
        request=request,
    )
    return file


@transaction.atomic
def write_list(
    *, file_id: int, state: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> ServedFile:
    """Write all new rows of a list, if they still are what was looked at (`state`).

    Raises ServedRefusedError where a row reads otherwise now, or nothing in it is new.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="write-served-list", file=file_id, state=state),
    )
    replay = find_replay(request)
    file = ServedFile.objects.select_related("programme").get(pk=file_id)
    lock_programme(file.programme_id)
    file.refresh_from_db()
    if replay:
        return file
    if file.state != FileState.READ:
        raise ServedRefusedError(_("Somebody has written this list or taken it back already."))
    judged = judge(file.rows, file.programme, now)
    if state_of(judged) != state:
        raise ServedRefusedError(
            _("Since you looked at this list something changed. Look at it again, then write it.")
        )
    new = [one for one in judged if one.effect == NEW]
    if not new:
        raise ServedRefusedError(_("Nothing in this list is new."))
    for one in new:
        if one.target and one.phase and one.aid_type and one.facts:
            enter(
                target=one.target,
                phase=one.phase,
                aid_type=one.aid_type,
                facts=one.facts,
                file=file,
                actor=actor,
                now=now,
            )
    return _moved(file, FileState.WRITTEN, len(new), "", actor, now, request)


@transaction.atomic
def undo_list(
    *, file_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> ServedFile:
    """Take back every entry of a list that still stands, with one reason; it can be sent anew."""
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="undo-served-list", file=file_id, reason=reason),
    )
    replay = find_replay(request)
    file = ServedFile.objects.get(pk=file_id)
    lock_programme(file.programme_id)
    file.refresh_from_db()
    if replay:
        return file
    if file.state == FileState.TAKEN_BACK:
        raise ServedRefusedError(_("This list is taken back already."))
    if not reason.strip():
        raise ServedRefusedError(_("Say why it is taken back."))
    entries = list(standing(file=file).order_by("pk"))
    for one in entries:
        take_back(served_id=one.pk, reason=reason, actor=actor, now=now)
    return _moved(file, FileState.TAKEN_BACK, len(entries), reason, actor, now, request)


def _moved(
    file: ServedFile,
    state: FileState,
    rows: int,
    reason: str,
    actor: Actor,
    now: datetime,
    request: Request,
) -> ServedFile:
    before, file.state = file.state, state
    file.save(update_fields=["state"])
    record(
        action=f"overlap.list_{state.lower()}",
        obj=file,
        actor=actor,
        now=now,
        reason=reason,
        changes={"state": [before, state], "rows": rows},
        request=request,
    )
    return file
