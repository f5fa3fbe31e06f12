from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What is suggested."""

    NEED = "NEED", _("a place in need")
    PLACE = "PLACE", _("a new place")
    COUNT = "COUNT", _("a changed count")
    SERVED = "SERVED", _("served by others already")


class State(models.TextChoices):
    """How far a suggestion has come; only the first can change."""

    OPEN = "OPEN", _("awaiting the working group")
    ACCEPTED = "ACCEPTED", _("accepted")
    REFUSED = "REFUSED", _("not accepted")
