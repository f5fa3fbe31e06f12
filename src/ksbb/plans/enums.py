from django.db import models
from django.utils.translation import gettext_lazy as _


class Reach(models.TextChoices):
    """Where the packages of an offer may go."""

    AREA = "AREA", _("to an area")
    RADIUS = "RADIUS", _("around a point")
    LIST = "LIST", _("to named places")


class OfferState(models.TextChoices):
    """Whether an offer still stands."""

    OPEN = "OPEN", _("open")
    USED = "USED", _("used up")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
