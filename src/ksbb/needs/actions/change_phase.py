"""The days of a phase. Once it has needs it can only grow, so nothing on the book falls out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.needs.models import Need
from ksbb.needs.reckoning import Slot, follow, hold
from ksbb.programmes.actions.phase import check_days
from ksbb.programmes.actions.rule import Formula
from ksbb.programmes.actions.write import SetupRefusedError, write
from ksbb.programmes.locking import GoneError, lock_programme
from ksbb.programmes.models import Phase
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import span

if TYPE_CHECKING:
    from datetime import date, datetime

    from ksbb.audit.actors import Actor


@transaction.atomic
def change_phase(
    *,
    phase_id: int,
    starts_on: date,
    ends_on: date,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Phase:
    """Give a phase other days; needs that are reckoned by the day grow with it.

    Raises SetupRefusedError where the days leave the programme or meet another phase, and where a
    phase with needs would lose a day; ChangedMeanwhileError after the audit entry `seen`.
    """
    days = {"starts_on": starts_on, "ends_on": ends_on}
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="change_phase", phase=phase_id, **days)
    )
    replay = find_replay(request)
    phase = _find(phase_id)
    if replay:
        return phase
    length = (ends_on - starts_on).days + 1
    hold(_by_day(phase, length))
    programme = lock_programme(phase.programme_id)
    phase = _find(phase_id)
    check_unchanged(phase, seen=seen)
    shrinks = starts_on > phase.starts_on or ends_on < phase.ends_on
    if shrinks and Need.objects.filter(phase=phase).exists():
        raise SetupRefusedError(
            _("Phase %(number)s has needs, so it can only grow; it goes from %(days)s.")
            % {"number": phase.number, "days": span(phase.starts_on, phase.ends_on)}
        )
    slots = _by_day(phase, length)
    entry = write(
        phase, days, action="programmes.change_phase", actor=actor, now=now, request=request
    )
    check_days(programme, phase)
    if entry:
        follow(slots, entry)
    return phase


def _by_day(phase: Phase, days: int) -> list[Slot]:
    """Return the rules of a phase that count its days, with another number of them."""
    rules = phase.programme.need_rules.select_related("aid_type")
    rules = rules.filter(phase=phase) | rules.filter(phase__isnull=True)
    # The rule of the phase alone comes last and takes the place of that for all.
    ordered = rules.order_by(F("phase").asc(nulls_first=True), "pk")
    governing = {(one.target_kind_id, one.aid_type_id): one for one in ordered}
    return [
        Slot(
            kind_id=one.target_kind_id,
            phase=phase,
            aid_type=one.aid_type,
            before=Formula.of(one),
            after=Formula.of(one),
            days_before=phase.days,
            days_after=days,
        )
        for one in governing.values()
        if one.per_day
    ]


def _find(phase_id: int) -> Phase:
    found = Phase.objects.filter(pk=phase_id).select_related("programme").first()
    if found is None:
        raise GoneError
    return found
