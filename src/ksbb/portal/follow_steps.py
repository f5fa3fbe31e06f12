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
    handed_over = [delivery.done_at for delivery in deliveries if delivery.done_at]
    receipts = [one.receipt.confirmed_at for one in deliveries if hasattr(one, "receipt")]
    return [
        *begun,
        _planned(commitment, deliveries),
        _done(_("Handed over"), max(handed_over, default=None)),
        _done(_("Confirmed by the receiver"), max(receipts, default=None)),
    ]


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
