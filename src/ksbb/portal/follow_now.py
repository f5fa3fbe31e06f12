"""Where a commitment stands now, for everybody: who has to act, what is next, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment
from ksbb.deliveries.models import Delivery
from ksbb.portal.mine.next_step import clock_in_words, to_bring
from ksbb.shared.formats import listing, number, weekday


class Now(NamedTuple):
    """Who has to act ("" for nobody), what is next, and how long there is time for it."""

    who: str
    text: str
    clock: str = ""


def now_of(commitment: Commitment, deliveries: Sequence[Delivery], now: datetime) -> Now:
    """Return what everybody may know; `deliveries` come with their lines and receipts."""
    state = State(commitment.state)
    if state in {State.DRAFT, State.SUBMITTED}:
        text = _("It looks who gives and accepts the commitment. The quantity is held meanwhile.")
        return Now(_("the working group"), text)
    if state == State.ACCEPTED:
        text = _("The giver calls the place and agrees on a day, or the quantity is freed.")
        return Now(_("the giver"), text, clock_in_words(commitment, now))
    if state in {State.SCHEDULED, State.DELIVERING}:
        return _under_way(commitment, deliveries, now)
    if state == State.COMPLETED:
        return Now("", _("All that stands was brought, and the places have confirmed it."))
    return Now("", _("It ended before all of it was brought. The rest is open for others again."))


def _under_way(commitment: Commitment, deliveries: Sequence[Delivery], now: datetime) -> Now:
    if planned := to_bring(deliveries):
        said = {"place": planned[0].target.name, "day": weekday(planned[0].planned_for)}
        text = _("Next delivery: %(place)s, %(day)s.")
        if planned[0].planned_for < now.date():
            text = _("%(place)s was to get it on %(day)s, and no delivery is recorded yet.")
        return Now(_("the giver"), text % said)
    if waiting := [one.target.name for one in deliveries if _unanswered(one)]:
        text = _("It has still to say what arrived, by the link on the note.")
        return Now(listing(dict.fromkeys(waiting)), text)
    missing = sum(line.unconfirmed for line in commitment.lines.all())
    text = _("The places counted %(count)s less than was recorded. It settles the difference.")
    return Now(_("the working group"), text % {"count": number(missing)})


def _unanswered(delivery: Delivery) -> bool:
    return bool(delivery.done_at) and not hasattr(delivery, "receipt")
