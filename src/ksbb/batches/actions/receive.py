from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.batches import inbox
from ksbb.batches.blot import blot
from ksbb.batches.models import Batch, Memory
from ksbb.programmes.enums import ProgrammeState
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.text import normalise

if TYPE_CHECKING:
    from datetime import date, datetime

    from ksbb.audit.actors import Actor
    from ksbb.batches.inbox import Kept
    from ksbb.programmes.models import Programme
    from ksbb.regions.models import Region

LONGEST_NAME = 160


class FileRefusedError(DomainError):
    """The file cannot be taken."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What came with the file: who sent it, what its counts rest on, of which day."""

    sender: str
    source: str = ""
    counted_on: date | None = None


@transaction.atomic
def receive(
    *,
    programme: Programme,
    kept: Kept,
    name: str,
    letter: Letter,
    area: Region | None = None,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Batch:
    """Take in a file that lies in the inbox; reading it is a step of its own.

    With an `area` it is a proposal of its officer: rows outside are refused, and it waits for
    nobody before it is handed in. Raises FileRefusedError for an empty file or a programme that
    is over.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="receive",
            programme=programme.pk,
            digest=kept.digest,
            letter=letter,
            area=area and area.pk,
        ),
    )
    replay = find_replay(request)
    if replay:
        inbox.throw_away(kept.name)
        return Batch.objects.get(pk=replay.object_id)
    _check(programme, kept)
    name, sender = blot(name), blot(letter.sender)
    # What an officer answers is remembered for their area, whatever the sender of others is called.
    key = area.pk if area else sender_key(sender)
    batch = Batch.objects.create(
        programme=programme,
        sender=sender,
        sender_key=key,
        source=blot(letter.source) or f"{sender}: {name}"[:200],
        counted_on=letter.counted_on,
        file_name=name[-LONGEST_NAME:],
        file_format=name.rpartition(".")[2].lower()[:10],
        file_bytes=kept.size,
        digest=kept.digest,
        area=area,
        handed_in_at=None if area else now,
        kept=kept.name,
        created_at=now,
        created_by=actor.user,
        answers=remembered(programme, key),
    )
    record(
        action="batches.receive",
        obj=batch,
        actor=actor,
        now=now,
        changes={"file": batch.file_name, "digest": kept.digest},
        request=request,
    )
    return batch


def sender_key(sender: str) -> str:
    """Return the form in which two spellings of one sender are the same."""
    return normalise(sender)[:120]


def remembered(programme: Programme, key: str) -> dict[str, str]:
    """Return what earlier files have taught, by the key of their sender."""
    memory = Memory.objects.filter(programme=programme, sender_key=key).first()
    return dict(memory.answers) if memory else {}


def _check(programme: Programme, kept: Kept) -> None:
    if not kept.size:
        raise FileRefusedError(_("The file is empty. Choose the file with the list."))
    if programme.state == ProgrammeState.CLOSED:
        raise FileRefusedError(
            _("“%(programme)s” is closed and takes no lists any more.")
            % {"programme": programme.name}
        )
