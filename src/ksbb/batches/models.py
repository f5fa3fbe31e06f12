from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ksbb.batches.enums import Decision, Effect, RowStatus, State


class Batch(models.Model):
    """A file that was sent in. Of the file itself only what is not personal is kept, row by row.

    An officer of an `area` sends one in about places inside it, and `handed_in_at` is empty until
    they hand it to the working group, which alone writes. `reply` says why it came back to them.
    """

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    sender = models.CharField(_("sender"), max_length=120)
    sender_key = models.CharField(max_length=120, db_index=True, editable=False)
    source = models.CharField(_("source of the count"), max_length=200)
    counted_on = models.DateField(_("counted on"), null=True, blank=True)
    file_name = models.CharField(_("file"), max_length=160)
    file_format = models.CharField(_("format"), max_length=10)
    file_bytes = models.PositiveBigIntegerField(_("size in bytes"))
    digest = models.CharField(_("SHA-256 of the file"), max_length=64, db_index=True)
    area = models.ForeignKey(
        "regions.Region", models.PROTECT, null=True, blank=True, related_name="+"
    )
    handed_in_at = models.DateTimeField(_("handed in at"), null=True)
    reply = models.TextField(_("why it was sent back"), blank=True)
    kept = models.CharField(
        max_length=40, blank=True, help_text=_("The file while it is read; empty once it is gone.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("received at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    worker = models.CharField(max_length=32, blank=True)
    worked_at = models.DateTimeField(
        null=True, help_text=_("The last sign of life of whoever is at work on it.")
    )
    progress = models.FloatField(default=0.0)
    rows_done = models.PositiveIntegerField(_("rows read"), default=0)
    answers = models.JSONField(default=dict)
    questions = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    sheets = models.JSONField(default=dict)
    tally = models.JSONField(default=dict)
    trouble = models.TextField(blank=True)

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        ordering = ("-id",)
        indexes = (
            models.Index(
                fields=("state", "id"),
                name="batch_at_work",
                condition=models.Q(state__in=("WAITING", "READING", "QUEUED")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.file_name}"

    @property
    def is_proposed(self) -> bool:
        """Whether an officer of an area has handed it in."""
        return self.area_id is not None and self.handed_in_at is not None


class BatchRow(models.Model):
    """One row of a file, as it was understood, and what it does to the book.

    `before` and `after` are the values of the place which the row changes (None for a new place);
    `needs` are triples of a need's key, its quantity before and after. Both are what the reader of
    the preview saw: writing compares them with the book, taking back needs them.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows", db_index=False)
    position = models.PositiveIntegerField()
    sheet = models.CharField(_("sheet"), max_length=120)
    source_row = models.PositiveIntegerField(_("row"))
    status = models.CharField(_("status"), max_length=8, choices=RowStatus)
    reasons = models.JSONField(default=list)
    question = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=50)
    village = models.CharField(_("kelurahan"), max_length=13, blank=True)
    rw = models.PositiveSmallIntegerField(_("RW"), null=True)
    households = models.PositiveIntegerField(_("families (KK)"), null=True)
    families = models.PositiveIntegerField(_("vulnerable families (KK)"), null=True)
    residents = models.PositiveIntegerField(_("residents"), null=True)
    name = models.CharField(_("name"), max_length=160, blank=True)
    address = models.CharField(_("address"), max_length=240, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    counted_on = models.DateField(_("counted on"), null=True)
    place = models.CharField(max_length=240, blank=True)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect)
    target_code = models.CharField(max_length=24, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    needs = models.JSONField(default=list)
    held = models.JSONField(default=list)
    decision = models.CharField(max_length=5, choices=Decision, blank=True)
    written = models.BooleanField(default=False)
    made_region = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("row of a file")
        verbose_name_plural = _("rows of files")
        ordering = ("batch", "position")
        constraints = (
            models.UniqueConstraint(fields=("batch", "position"), name="batch_row_once"),
            models.CheckConstraint(
                # What is not taken cannot have been written.
                condition=~models.Q(written=True, effect__in=("REFUSED", "UNCHANGED")),
                name="batch_row_written_only_if_taken",
            ),
        )
        indexes = (
            models.Index(fields=("batch", "effect", "position"), name="batch_rows_by_effect"),
            models.Index(fields=("batch", "status", "position"), name="batch_rows_by_status"),
            models.Index(fields=("batch", "place"), name="batch_rows_by_place"),
        )

    def __str__(self) -> str:
        return f"{self.sheet}/{self.source_row}"


class Memory(models.Model):
    """What a sender's files have taught: answers that hold for the next one."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="+")
    sender_key = models.CharField(max_length=120)
    answers = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("answers about a sender")
        verbose_name_plural = _("answers about senders")
        ordering = ("sender_key",)
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "sender_key"), name="batch_memory_once_per_sender"
            ),
        )

    def __str__(self) -> str:
        return self.sender_key
