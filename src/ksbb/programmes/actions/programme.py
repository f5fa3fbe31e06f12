"""A programme's own data: who runs it, its days and area, its settings and press release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.programmes.actions.write import (
    SetupRefusedError,
    Values,
    check_named,
    kept,
    only,
    plain,
    write,
)
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.locking import LockedProgramme, lock_programme
from ksbb.programmes.models import FourEyes, Programme
from ksbb.rights.actions.approvals import ask
from ksbb.rights.enums import Step
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from ksbb.audit.actors import Actor
    from ksbb.rights.models import Approval

IDENTITY: Final = ("name_id", "name_en", "organiser", "agency", "is_example")
DAYS: Final = ("starts_on", "ends_on", "root_region")
SETTINGS: Final = (
    "follow_up_hours",
    "draft_minutes",
    "persons_per_family",
    "cost_cap_percent",
    "fulfilment_stage",
)
RELEASE: Final = ("letterhead", "release_place", "website")
COLUMNS: Final = frozenset((*IDENTITY, *DAYS, *SETTINGS, *RELEASE))

ONLY_IN_DRAFT: Final = {
    "root_region": gettext_lazy("area"),
    "fulfilment_stage": gettext_lazy("stage that counts as fulfilled"),
}
"""What published figures rest on; it stands from the day the programme is published."""


@transaction.atomic
def create_programme(
    *, slug: str, values: Mapping[str, Any], actor: Actor, now: datetime, idempotency_key: str = ""
) -> Programme:
    """Begin a programme, in preparation; nobody outside sees it yet.

    `values` are columns of `Programme`. Raises SetupRefusedError for a code in use or without a
    name.
    """
    values = only(values, COLUMNS)
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="programme", slug=slug, **kept(values))
    )
    if replay := find_replay(request):
        return Programme.objects.get(pk=replay.object_id)
    check_named(values)
    if Programme.objects.filter(slug=slug).exists():
        raise SetupRefusedError(
            _("There is a programme with the code “%(slug)s” already.") % {"slug": slug}
        )
    _check_order(values["starts_on"], values["ends_on"])
    made = Programme.objects.create(slug=slug, **values)
    record(
        action="programmes.create",
        obj=made,
        actor=actor,
        now=now,
        changes={"slug": slug, **kept(values)},
        request=request,
    )
    return made


@transaction.atomic
def change_programme(
    *,
    programme_id: int,
    values: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Programme:
    """Change columns of a programme.

    Raises SetupRefusedError where its days would leave out a phase, or where the column stands
    once the programme is published; ChangedMeanwhileError after the audit entry `seen`.
    """
    values = only(values, COLUMNS)
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="change", programme=programme_id, values=kept(values)),
    )
    replay = find_replay(request)
    programme = lock_programme(programme_id)
    if replay:
        return programme
    check_unchanged(programme, seen=seen)
    check_named(values)
    _check_draft(programme, values)
    write(programme, values, action="programmes.change", actor=actor, now=now, request=request)
    _check_days(programme)
    return programme


@transaction.atomic
def mark_steps(
    *,
    programme_id: int,
    steps: frozenset[Step],
    reason: str = "",
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Programme | Approval:
    """Say which steps take two officers in this programme.

    One officer may mark more steps; that a step takes one officer again is asked of a second.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="mark", programme=programme_id, steps=sorted(steps)),
    )
    standing = set(FourEyes.objects.filter(programme=programme_id).values_list("step", flat=True))
    if standing - steps:
        return ask(
            step=Step.UNMARK,
            obj=Programme.objects.get(pk=programme_id),
            payload={"steps": sorted(steps)},
            reason=reason,
            actor=actor,
            now=now,
            idempotency_key=idempotency_key,
        )
    replay = find_replay(request)
    programme = lock_programme(programme_id)
    if not replay:
        check_unchanged(programme, seen=seen)
        write_marks(programme, steps, actor=actor, now=now, request=request)
    return programme


@transaction.atomic
def write_marks(
    programme: Programme,
    steps: frozenset[Step],
    *,
    actor: Actor,
    now: datetime,
    request: Request | None = None,
) -> None:
    """Write the marks; of the second officer, or where they only become more."""
    before = sorted(programme.four_eyes.values_list("step", flat=True))
    programme.four_eyes.exclude(step__in=steps).delete()
    new = steps - set(before)
    FourEyes.objects.bulk_create(FourEyes(programme=programme, step=step) for step in sorted(new))
    record(
        action="programmes.mark_steps",
        obj=programme,
        actor=actor,
        now=now,
        changes={"steps": [before, sorted(steps)]},
        request=request,
    )


def _check_draft(programme: LockedProgramme, values: Values) -> None:
    if programme.state == ProgrammeState.DRAFT:
        return
    for name, words in ONLY_IN_DRAFT.items():
        if name in values and plain(values[name]) != plain(getattr(programme, name)):
            raise SetupRefusedError(
                _("Published figures rest on this, so it stands: %(what)s.") % {"what": words}
            )


def _check_order(first: date, last: date) -> None:
    if last < first:
        raise SetupRefusedError(_("The last day lies before the first."))


def _check_days(programme: Programme) -> None:
    _check_order(programme.starts_on, programme.ends_on)
    outside = programme.phases.exclude(
        starts_on__gte=programme.starts_on, ends_on__lte=programme.ends_on
    )
    if phase := outside.order_by("number").first():
        raise SetupRefusedError(
            _("Phase %(number)s (%(days)s) would lie outside the days of the programme.")
            % {"number": phase.number, "days": span(phase.starts_on, phase.ends_on)}
        )
