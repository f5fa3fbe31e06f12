"""The life of a commitment as steps with their moments, for everybody to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from ksbb.commitments.enums import CLOSED, State
from ksbb.commitments.models import Commitment
from ksbb.deliveries.models import Delivery
from ksbb.shared.formats import moment, weekday


class Step(NamedTuple):
    """One step: what it is, when it happened or is to happen, and whether it is done."""

    name: str
    when: str
    done: bool


def steps_of(commitment: Commitment, deliveries: Sequence[Delivery]) -> list[Step]:
    """Return the steps in order; a commitment that ended early ends with its last one."""
    begun = [
        _done(_("Committed"), commitment.submitted_at or commitment.created_at),
        _done(_("Accepted by the working group"), commitment.accepted_at),
    ]
    if commitment.state in CLOSED and commitment.state != State.COMPLETED:
        ended = _done(commitment.get_state_display().capitalize(), commitment.closed_at)
        return [step for step in begun if step.done] + [ended]
    return [
        *begun,
        _planned(commitment, deliveries),
        *_brought(commitment, [one for one in deliveries if one.done_at]),
    ]


def _brought(commitment: Commitment, done: Sequence[Delivery]) -> list[Step]:
    """Return hand-over and confirmation; each is done when nothing is left of it."""
    all_brought = bool(done) and not any(line.undelivered for line in commitment.lines.all())
    receipts = [one.receipt.confirmed_at for one in done if hasattr(one, "receipt")]
    handed = _done(
        _("Handed over"), max((one.done_at for one in done if one.done_at), default=None)
    )
    confirmed = _done(_("Confirmed by the receiver"), max(receipts, default=None))
    if handed.done and not all_brought:
        handed = Step(_("Handed over in part"), handed.when, done=False)
    if confirmed.done and not (all_brought and len(receipts) == len(done)):
        confirmed = Step(_("Confirmed in part"), confirmed.when, done=False)
    return [handed, confirmed]


def _done(name: str, at: datetime | None) -> Step:
    return Step(name, moment(at) if at else "", at is not None)


def _planned(commitment: Commitment, deliveries: Sequence[Delivery]) -> Step:
    # Each delivery can be moved by itself; the next one is what everybody waits for.
    waiting = [one.planned_for for one in deliveries if not one.done_at]
    day = min(waiting, default=commitment.planned_for)
    agreed = commitment.state in {State.SCHEDULED, State.DELIVERING, State.COMPLETED}
    name = _("Delivery agreed") if agreed else _("Delivery planned by the giver")
    return Step(name, _day(day), agreed)


def _day(planned_for: date | None) -> str:
    return weekday(planned_for) if planned_for else ""
