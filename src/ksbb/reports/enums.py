from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    """What a number of a table counts, in packages."""

    NEED = "NEED", _("need")
    COMMITTED = "COMMITTED", _("committed")
    DELIVERED = "DELIVERED", _("delivered")
    RECEIVED = "RECEIVED", _("received")
    OPEN = "OPEN", _("still missing")
