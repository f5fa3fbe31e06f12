from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a letter tells."""

    GIFT_CONFIRMED = "GIFT_CONFIRMED", _("gift confirmed")
    GIFT_CORRECTED = "GIFT_CORRECTED", _("gift corrected")
    GIFT_REOPENED = "GIFT_REOPENED", _("confirmation of a gift taken back")
    GIFT_REFUSED = "GIFT_REFUSED", _("gift refused")
    GIFT_BOUGHT = "GIFT_BOUGHT", _("packages bought from a gift")
    GIFT_ALLOTTED = "GIFT_ALLOTTED", _("packages of a gift set aside for places")
    GIFT_DELIVERED = "GIFT_DELIVERED", _("packages of a gift handed over")
    GIFT_RECEIVED = "GIFT_RECEIVED", _("packages of a gift confirmed by a place")
    ACCEPTED = "ACCEPTED", _("commitment accepted")
    REJECTED = "REJECTED", _("commitment rejected")
    CLOCK = "CLOCK", _("time of a commitment runs out")
    EXPIRED = "EXPIRED", _("commitment expired")
    RECEIVED = "RECEIVED", _("delivery confirmed by its place")
    PERMIT_ENDS = "PERMIT_ENDS", _("permit ends soon")


OPTIONAL: Final = frozenset(
    {
        Kind.GIFT_BOUGHT,
        Kind.GIFT_ALLOTTED,
        Kind.GIFT_DELIVERED,
        Kind.GIFT_RECEIVED,
        Kind.RECEIVED,
    }
)
"""What nobody has to act on: not told to whoever does not want it, nor to who has no account."""


class LetterState(models.TextChoices):
    """What became of a letter."""

    WAITING = "WAITING", _("waits to be sent")
    SENT = "SENT", _("sent")
    DROPPED = "DROPPED", _("not sent: no address, or not wanted")
    FAILED = "FAILED", _("given up: the mail server never took it")
