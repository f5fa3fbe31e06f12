"""The one thing to do next about a commitment, in plain words, with the page where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery
from ksbb.portal.mine.own import address_of, address_of_delivery
from ksbb.shared.formats import moment, number, weekday


class NextStep(NamedTuple):
    """What is to be done, by whom it waits, and the button for it."""

    text: str
    button: str
    address: str
    is_yours: bool = False
    """Whether the giver has to act; otherwise somebody else has, or nobody."""


def next_step(commitment: Commitment, deliveries: Sequence[Delivery], now: datetime) -> NextStep:
    """Return the next step; `deliveries` come with their lines and receipts."""
    state = State(commitment.state)
    if state == State.ACCEPTED:
        return _agree_on_a_day(commitment, now)
    if state in {State.SCHEDULED, State.DELIVERING}:
        return _bring(commitment, deliveries, now)
    if state == State.COMPLETED:
        proof = reverse("portal:proof", args=[commitment.code])
        text = _("All of it was received. Thank you.")
        return NextStep(text, _("See the proof"), proof)
    if state in {State.DRAFT, State.SUBMITTED}:
        text = _("The working group is looking at it. You need not do anything now.")
        return NextStep(text, _("See the commitment"), address_of(commitment))
    again = reverse("portal:give")
    return NextStep(_("Nothing is held any more."), _("Give again"), again)


def _agree_on_a_day(commitment: Commitment, now: datetime) -> NextStep:
    address = reverse("portal:my-schedule", args=[commitment.code])
    if commitment.due_at and commitment.due_at <= now:
        text = _("The time to call ran out. As long as it stands here, you can still agree a day.")
    else:
        text = _("Call the place, agree on a day, and write it down here.")
    return NextStep(text, _("Write down the agreed day"), address, is_yours=True)


def _bring(commitment: Commitment, deliveries: Sequence[Delivery], now: datetime) -> NextStep:
    if planned := to_bring(deliveries):
        first = planned[0]
        said = {"place": first.target.name, "day": weekday(first.planned_for)}
        text = _("Bring it to %(place)s on %(day)s, then record it.") % said
        if first.planned_for < now.date():
            text = _("%(day)s is over: record what you brought to %(place)s.") % said
        address = address_of_delivery(first)
        return NextStep(text, _("Record the delivery"), address, is_yours=True)
    waiting = [one for one in deliveries if one.done_at and not hasattr(one, "receipt")]
    if waiting:
        text = _("%(place)s has still to confirm. Send the link or show it on your phone.")
        return NextStep(
            text % {"place": waiting[0].target.name},
            _("Link for the receiver"),
            address_of_delivery(waiting[0]),
            is_yours=True,
        )
    missing = sum(line.unconfirmed for line in commitment.lines.all())
    text = _("%(count)s are not confirmed. The working group settles the difference.")
    return NextStep(
        text % {"count": number(missing)}, _("See the difference"), address_of(commitment)
    )


def to_bring(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Return the plans with something left to bring, the earliest day first."""
    planned = [
        one
        for one in deliveries
        if one.state == DeliveryState.PLANNED
        and any(line.line.undelivered for line in one.lines.all())
    ]
    return sorted(planned, key=lambda one: (one.planned_for, one.pk))


def clock_in_words(commitment: Commitment, now: datetime) -> str:
    """Return the time that is left and its exact end, "" where no clock runs."""
    if commitment.due_at is None:
        return ""
    until = moment(commitment.due_at)
    minutes = int((commitment.due_at - now).total_seconds() // 60)
    if minutes < 0:
        return _("The time ran out on %(until)s.") % {"until": until}
    hours = {"hours": number(minutes // 60), "minutes": number(minutes % 60), "until": until}
    return _("%(hours)s hours %(minutes)s minutes left, until %(until)s") % hours
