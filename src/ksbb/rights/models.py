from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Posting(models.Model):
    """One area an officer watches: a kota, a kecamatan or a kelurahan, and all below it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ("region",)
        constraints = (
            models.UniqueConstraint(fields=("user", "region"), name="posting_once_per_area"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.region_id}"
