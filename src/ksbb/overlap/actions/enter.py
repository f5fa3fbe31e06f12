"""Writing down what another source has brought to a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.intake.words import shown
from ksbb.overlap.enums import Source
from ksbb.overlap.models import Served, ServedFile
from ksbb.overlap.queries import standing
from ksbb.programmes.locking import lock_programme
from ksbb.programmes.models import AidType, Phase
from ksbb.shared.clock import in_wib
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import LARGEST_QUANTITY, number

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from ksbb.audit.actors import Actor
    from ksbb.needs.models import Target

LONGEST_SOURCE: Final = 160
LONGEST_DOCUMENT: Final = 200


class ServedRefusedError(DomainError):
    """Such aid cannot be written down, or not be taken back."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What was brought (units of the aid type), by whom, when, and the paper that says so."""

    quantity: int
    kind: Source
    source: str
    day: date
    document: str


@transaction.atomic
def enter(
    *,
    target: Target,
    phase: Phase,
    aid_type: AidType,
    facts: Facts,
    file: ServedFile | None = None,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Served:
    """Write one entry down. The needs of the place stay as they are.

    Raises ServedRefusedError for what is no entry, and for one that stands already.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="served", target=target.pk, phase=phase.pk, aid_type=aid_type.pk, facts=facts
        ),
    )
    if replay := find_replay(request):
        return Served.objects.get(entry=replay)
    lock_programme(phase.programme_id)
    facts = without_numbers(facts)
    check_new(target, phase, aid_type, facts, now)
    entry = record(
        action="overlap.enter",
        obj=target,
        actor=actor,
        now=now,
        changes={"source": facts.source, "quantity": facts.quantity},
        request=request,
    )
    return Served.objects.create(
        target=target,
        phase=phase,
        aid_type=aid_type,
        delta=facts.quantity,
        kind=facts.kind,
        source=facts.source,
        day=facts.day,
        document=facts.document,
        at=now,
        entry=entry,
        file=file,
        is_example=target.is_example,
    )


def without_numbers(facts: Facts) -> Facts:
    """Return the facts without what looks like an identity number, a telephone or an e-mail."""
    return Facts(
        quantity=facts.quantity,
        kind=facts.kind,
        source=shown(facts.source, longest=LONGEST_SOURCE),
        day=facts.day,
        document=shown(facts.document, longest=LONGEST_DOCUMENT),
    )


def same_entries(target: Target, phase: Phase, aid_type: AidType, facts: Facts) -> QuerySet[Served]:
    """Return what stands of the same aid on the same day by the same paper, whatever its size."""
    return standing(
        target=target,
        phase=phase,
        aid_type=aid_type,
        source__iexact=facts.source,
        day=facts.day,
        document__iexact=facts.document,
    )


def check_new(target: Target, phase: Phase, aid_type: AidType, facts: Facts, now: datetime) -> None:
    """Raise ServedRefusedError for what is no entry, and for one that stands already."""
    check(target, phase, aid_type, facts, now)
    if same := same_entries(target, phase, aid_type, facts).first():
        raise ServedRefusedError(
            _("This very aid is written down already: %(quantity)s on record.")
            % {"quantity": number(same.delta)}
        )


def check(target: Target, phase: Phase, aid_type: AidType, facts: Facts, now: datetime) -> None:
    """Raise ServedRefusedError where these are no facts about aid of a phase."""
    if aid_type.programme_id != phase.programme_id:
        raise ServedRefusedError(_("Phase and kind of aid belong to different programmes."))
    if target.kind_id not in {kind.pk for kind in phase.programme.target_kinds.all()}:
        raise ServedRefusedError(_("This place is none of the programme."))
    if not 1 <= facts.quantity <= LARGEST_QUANTITY:
        raise ServedRefusedError(_("The quantity must be at least 1."))
    if not facts.source or not facts.document:
        raise ServedRefusedError(_("Say who brought it and which document says so."))
    if facts.day > in_wib(now).date():
        raise ServedRefusedError(_("This day is still to come. Enter what was brought."))
