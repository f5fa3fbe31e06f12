from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.queries import Request, find_replay
from ksbb.commitments.actions.step import step
from ksbb.commitments.enums import Window
from ksbb.commitments.locking import LockedCommitment, lock_commitment
from ksbb.plans.actions.use_offers import Given, use_offers
from ksbb.shared.clock import in_wib
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import day as day_text

if TYPE_CHECKING:
    from datetime import date, datetime

    from ksbb.audit.actors import Actor
    from ksbb.commitments.models import Commitment
    from ksbb.programmes.models import Programme


class PlanRefusedError(DomainError):
    """The day of delivery or the statement is not acceptable."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """When the donor means to bring the aid, and that the statement was agreed to."""

    planned_for: date
    delivery_window: str
    remark: str = ""
    statement_accepted: bool


@transaction.atomic
def submit(
    *, commitment_id: int, plan: Plan, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Commitment:
    """Hand a draft to the working group. Raises PlanRefusedError or MoveRefusedError."""
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="submit", commitment=commitment_id, **vars(plan)),
    )
    replay = find_replay(request)
    commitment = lock_commitment(commitment_id)
    if not replay:
        hand_in(commitment, plan=plan, actor=actor, now=now, request=request)
    return commitment


def hand_in(
    commitment: LockedCommitment, *, plan: Plan, actor: Actor, now: datetime, request: Request
) -> None:
    """Do the work of `submit` inside the caller's transaction."""
    check_plan(plan, commitment.programme, now)
    commitment.planned_for = plan.planned_for
    commitment.delivery_window = plan.delivery_window
    commitment.remark = plan.remark
    commitment.submitted_at = now
    step(
        commitment,
        "submit",
        actor=actor,
        now=now,
        request=request,
        changes={"statement_accepted": [False, True]},
    )
    lines = commitment.lines.select_related("need__target")
    use_offers(
        giver=commitment.collaborator,
        given=(Given(line.need, line.committed) for line in lines),
        commitment=commitment.code,
        actor=actor,
        now=now,
    )


def check_plan(plan: Plan, programme: Programme, now: datetime) -> None:
    """Raise PlanRefusedError unless the statement is agreed to and the day is possible."""
    if not plan.statement_accepted:
        raise PlanRefusedError(_("Agree to the statement before you send the commitment."))
    check_when(programme, plan.planned_for, plan.delivery_window, now)


def check_when(programme: Programme, day: date, window: str, now: datetime) -> None:
    """Raise PlanRefusedError unless the day lies between today and the programme's end."""
    if window not in {"", *Window.values}:
        raise PlanRefusedError(_("Choose one of the named parts of the day."))
    today, last = in_wib(now).date(), programme.ends_on
    if not today <= day <= last:
        raise PlanRefusedError(
            _("%(day)s is not possible: choose a day from %(first)s to %(last)s.")
            % {
                "day": day_text(day),
                "first": day_text(today),
                "last": day_text(last),
            }
        )
