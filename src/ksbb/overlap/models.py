from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ksbb.overlap.enums import FileState, Source


class ServedFile(models.Model):
    """A list of aid from other sources that was sent in: its rows as typed, nothing personal."""

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=160)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    rows = models.JSONField(default=list)
    dropped = models.JSONField(_("columns that were dropped"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=FileState, default=FileState.READ)
    created_at = models.DateTimeField(_("received at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("list of aid from other sources")
        verbose_name_plural = _("lists of aid from other sources")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "digest"),
                condition=~Q(state=FileState.TAKEN_BACK),
                name="served_file_once",
            ),
        )

    def __str__(self) -> str:
        return self.file_name


class Served(models.Model):
    """Aid of another source at one place, in one phase, in units of the aid type.

    Rows are added and never changed: a mistake is mended by a row which `takes_back` the wrong one
    with the negative quantity. None of it is in the counters of a need.
    """

    target = models.ForeignKey("needs.Target", models.PROTECT, related_name="+", db_index=False)
    phase = models.ForeignKey("programmes.Phase", models.PROTECT, related_name="+", db_index=False)
    aid_type = models.ForeignKey(
        "programmes.AidType", models.PROTECT, related_name="+", db_index=False
    )
    delta = models.IntegerField(_("quantity"))
    kind = models.CharField(_("kind of source"), max_length=12, choices=Source)
    source = models.CharField(_("source"), max_length=160)
    day = models.DateField(_("day"))
    document = models.CharField(_("document"), max_length=200)
    at = models.DateTimeField(_("at"))
    entry = models.ForeignKey("audit.Entry", models.PROTECT, related_name="+", db_index=False)
    file = models.ForeignKey(
        ServedFile, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_back_by"
    )
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        verbose_name = _("aid from another source")
        verbose_name_plural = _("aid from other sources")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(takes_back__isnull=True, delta__gt=0)
                | Q(takes_back__isnull=False, delta__lt=0),
                name="served_something_or_taken_back",
            ),
        )
        indexes = (
            models.Index(fields=("phase", "aid_type", "target"), name="served_of_need"),
            models.Index(fields=("target", "phase"), name="served_at_place"),
        )

    def __str__(self) -> str:
        return f"{self.target_id} {self.delta:+d}"
