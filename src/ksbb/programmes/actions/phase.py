"""The phases of a programme. What is to become of needs when their days change is decided above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.programmes.actions.write import SetupRefusedError, kept
from ksbb.programmes.locking import GoneError, LockedProgramme, lock_programme
from ksbb.programmes.models import Phase
from ksbb.programmes.queries_use import is_in_use
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import span

if TYPE_CHECKING:
    from datetime import date, datetime

    from ksbb.audit.actors import Actor


@transaction.atomic
def add_phase(
    *,
    programme_id: int,
    starts_on: date,
    ends_on: date,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Phase:
    """Add a phase with the next number, after all there are. Raises SetupRefusedError."""
    days = {"starts_on": starts_on, "ends_on": ends_on}
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="phase", programme=programme_id, **days),
    )
    if replay := find_replay(request):
        return Phase.objects.get(pk=replay.object_id)
    programme = lock_programme(programme_id)
    last = programme.phases.aggregate(last=Max("number"))["last"] or 0
    phase = Phase(programme=programme, number=last + 1, **days)
    check_days(programme, phase)
    phase.save(force_insert=True)
    record(
        action="programmes.add_phase",
        obj=phase,
        actor=actor,
        now=now,
        changes={"number": phase.number, **kept(days)},
        request=request,
    )
    return phase


@transaction.atomic
def remove_phase(*, phase_id: int, actor: Actor, now: datetime, idempotency_key: str = "") -> None:
    """Take the last phase away, as long as nothing stands in it. Raises SetupRefusedError."""
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="remove_phase", phase=phase_id)
    )
    if find_replay(request):
        return
    phase = Phase.objects.filter(pk=phase_id).first()
    if phase is None:
        raise GoneError
    programme = lock_programme(phase.programme_id)
    if programme.phases.filter(number__gt=phase.number).exists():
        raise SetupRefusedError(_("Only the last phase can be removed: numbers stay in a row."))
    if is_in_use(phase) or programme.need_rules.filter(phase=phase).exists():
        raise SetupRefusedError(
            _("Phase %(number)s has needs or rules, so it stays.") % {"number": phase.number}
        )
    changes = {"number": phase.number, "days": span(phase.starts_on, phase.ends_on)}
    record(
        action="programmes.remove_phase",
        obj=phase,
        actor=actor,
        now=now,
        changes=changes,
        request=request,
    )
    phase.delete()


def check_days(programme: LockedProgramme, phase: Phase) -> None:
    """Raise SetupRefusedError where a phase leaves its programme or meets another phase."""
    if phase.ends_on < phase.starts_on:
        raise SetupRefusedError(_("The last day lies before the first."))
    if phase.starts_on < programme.starts_on or phase.ends_on > programme.ends_on:
        raise SetupRefusedError(
            _("The programme goes from %(days)s; a phase lies within it.")
            % {"days": span(programme.starts_on, programme.ends_on)}
        )
    others = programme.phases.exclude(pk=phase.pk)
    met = others.filter(starts_on__lte=phase.ends_on, ends_on__gte=phase.starts_on).first()
    if met:
        raise SetupRefusedError(
            _("Phase %(number)s already has some of these days (%(days)s).")
            % {"number": met.number, "days": span(met.starts_on, met.ends_on)}
        )
    before = others.filter(number__lt=phase.number, starts_on__gt=phase.starts_on)
    after = others.filter(number__gt=phase.number, starts_on__lt=phase.starts_on)
    if before.exists() or after.exists():
        raise SetupRefusedError(_("Phases follow each other in the order of their numbers."))
