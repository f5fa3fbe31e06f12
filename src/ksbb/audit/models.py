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


class Seal(models.Model):
    """A run of rows of one growing table, closed by a digest that holds all rows before it."""

    table = models.CharField(_("table"), max_length=60)
    number = models.PositiveIntegerField(_("number"))
    first = models.BigIntegerField(_("first row"))
    last = models.BigIntegerField(_("last row"))
    rows = models.PositiveIntegerField(_("rows"))
    columns = models.JSONField(_("columns"))
    marks = models.BinaryField(_("marks of the rows"))
    previous = models.CharField(_("digest before"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ("table", "number")
        constraints = (
            models.UniqueConstraint(fields=("table", "number"), name="seal_once"),
            models.CheckConstraint(
                condition=models.Q(rows__gte=1, last__gte=models.F("first")), name="seal_has_rows"
            ),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.number}"


class Digest(models.Model):
    """One line for everybody to keep: the heads of all chains, over the line before it."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("at"))
    heads = models.JSONField(_("heads of the chains"))
    previous = models.CharField(_("digest before"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("published digest")
        verbose_name_plural = _("published digests")
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
