from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do for the city; what they do for a collaborator is a membership."""

    NONE = "", _("No role")
    AREA = "AREA", _("Officer of an area")
    POKJA = "POKJA", _("Working group (Pokja)")
    ADMIN = "ADMIN", _("Administrator")
