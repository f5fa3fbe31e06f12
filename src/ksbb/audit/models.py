from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ksbb.audit.enums import Channel

KEY_LENGTH = 80


class Entry(models.Model):
    """One action on one object. The database refuses to change or delete it."""

    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("actor")
    )
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    action = models.CharField(_("action"), max_length=60)
    object_type = models.CharField(_("object type"), max_length=60)
    object_id = models.CharField(_("object"), max_length=40)
    reason = models.TextField(_("reason"), blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    idempotency_key = models.CharField(
        _("request key"), max_length=KEY_LENGTH, null=True, unique=True
    )
    fingerprint = models.CharField(_("request fingerprint"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-id",)
        indexes = (models.Index(fields=("object_type", "object_id"), name="audit_by_object"),)

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"
