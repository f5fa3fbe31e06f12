from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ksbb.commitments.enums import CLOSED, WAITING, Reason, State, Window
from ksbb.programmes.enums import Stage


class Commitment(models.Model):
    """A collaborator's promise, with lines on needs."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    # Nearly all rows have the same programme: an index on it would only cost.
    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="+", db_index=False
    )
    collaborator = models.ForeignKey(
        "collaborators.Collaborator", models.PROTECT, related_name="commitments"
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(_("made at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    due_at = models.DateTimeField(
        _("due at"),
        null=True,
        blank=True,
        help_text=_("When the quantity is freed unless the next step is taken."),
    )
    planned_for = models.DateField(_("planned delivery day"), null=True, blank=True)
    delivery_window = models.CharField(
        _("part of the day"), max_length=10, choices=Window, blank=True
    )
    remark = models.TextField(_("remark"), blank=True)
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(due_at__isnull=False, state__in=WAITING)
                | (Q(due_at__isnull=True) & ~Q(state__in=WAITING)),
                name="commitment_clock_runs_while_waiting",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False, state__in=CLOSED)
                | (Q(closed_at__isnull=True) & ~Q(state__in=CLOSED)),
                name="commitment_closed_has_moment",
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at",), condition=Q(due_at__isnull=False), name="commitment_due"
            ),
            models.Index(fields=("state", "submitted_at"), name="commitment_queue"),
        )

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Return the public page that follows the commitment."""
        return reverse("portal:commitment", args=[self.code])


class CommitmentLine(models.Model):
    """Part of a commitment on one need. `quantity` is what was promised first.

    The counters are sums of the line's movements, kept by a trigger of the database.
    """

    # Indexed by the unique constraint, which begins with it.
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="lines", db_index=False)
    need = models.ForeignKey("needs.Need", models.PROTECT, related_name="lines")
    quantity = models.PositiveIntegerField(_("promised"))
    committed = models.PositiveIntegerField(_("committed"), default=0, db_default=0)
    delivered = models.PositiveIntegerField(_("delivered"), default=0, db_default=0)
    received = models.PositiveIntegerField(_("received"), default=0, db_default=0)

    class Meta:
        verbose_name = _("commitment line")
        verbose_name_plural = _("commitment lines")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("commitment", "need"), name="line_once_per_need"),
            models.CheckConstraint(
                condition=Q(
                    quantity__gte=1,
                    received__gte=0,
                    delivered__gte=F("received"),
                    committed__gte=F("delivered"),
                )
                & Q(quantity__gte=F("committed")),
                name="line_stages_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id}/{self.need_id}"

    @property
    def undelivered(self) -> int:
        """What is promised and not yet handed over."""
        return self.committed - self.delivered

    @property
    def unconfirmed(self) -> int:
        """What was handed over and not confirmed by the receiver: a difference that stays open."""
        return self.delivered - self.received


class Movement(models.Model):
    """One quantity moving in or out of a stage. The database refuses to change or delete it."""

    line = models.ForeignKey(CommitmentLine, models.PROTECT, related_name="movements")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    delta = models.IntegerField(_("change"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    at = models.DateTimeField(_("at"))
    # Audit rows are never deleted, and nobody asks for the movements of one.
    entry = models.ForeignKey("audit.Entry", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("movement")
        verbose_name_plural = _("movements")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(delta=0), name="movement_not_nothing"),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="movement_stage_known"
            ),
        )
        indexes = (
            models.Index(fields=("at",), name="movement_at"),
            models.Index(
                fields=("id",), condition=Q(reason=Reason.RELEASE), name="movement_released"
            ),
        )

    def __str__(self) -> str:
        return f"{self.line_id} {self.stage} {self.delta:+d}"
