from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """What a region is, from the top down; the values are those of `shared.codes`."""

    PROVINCE = "PROVINCE", _("Province")
    REGENCY = "REGENCY", _("City or regency")
    DISTRICT = "DISTRICT", _("District")
    VILLAGE = "VILLAGE", _("Village")
    RW = "RW", _("RW")
