from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    """A plan becomes a hand-over. A plan of a withdrawn promise simply stays a plan."""

    PLANNED = "PLANNED", _("planned")
    DONE = "DONE", _("handed over")


class Condition(models.TextChoices):
    """The state in which the goods arrived, in the receiver's words."""

    GOOD = "GOOD", _("good")
    DAMAGED = "DAMAGED", _("damaged")
    EXPIRED = "EXPIRED", _("past its date")
    OTHER = "OTHER", _("other (explain)")
