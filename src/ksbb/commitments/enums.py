from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The one life of a commitment. What follows what stands in `rules.MOVES`."""

    DRAFT = "DRAFT", _("being filled in")
    SUBMITTED = "SUBMITTED", _("submitted")
    ACCEPTED = "ACCEPTED", _("accepted")
    SCHEDULED = "SCHEDULED", _("scheduled")
    DELIVERING = "DELIVERING", _("being delivered")
    COMPLETED = "COMPLETED", _("completed")
    CANCELLED = "CANCELLED", _("cancelled")
    REJECTED = "REJECTED", _("rejected")
    EXPIRED = "EXPIRED", _("expired")


WAITING = (State.DRAFT, State.ACCEPTED)
"""States with a clock: the quantity is freed when `due_at` passes."""

CLOSED = (State.COMPLETED, State.CANCELLED, State.REJECTED, State.EXPIRED)
"""States in which nothing is awaited; only a correction opens a completed one again."""


class Reason(models.TextChoices):
    """Why a quantity moved."""

    RESERVE = "RESERVE", _("committed")
    CANCEL = "CANCEL", _("cancelled")
    RELEASE = "RELEASE", _("released for others to take over")
    REJECT = "REJECT", _("rejected by the working group")
    EXPIRE = "EXPIRE", _("expired")
    DELIVER = "DELIVER", _("handed over")
    RECEIVE = "RECEIVE", _("confirmed by the receiver")
    CORRECT = "CORRECT", _("corrected")


class Window(models.TextChoices):
    """The part of the day a delivery is planned for."""

    MORNING = "MORNING", _("morning (07.00–11.00)")
    MIDDAY = "MIDDAY", _("midday (11.00–15.00)")
    AFTERNOON = "AFTERNOON", _("afternoon (15.00–18.00)")
    EVENING = "EVENING", _("evening (18.00–21.00)")
