from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ksbb.commitments.enums import Window
from ksbb.deliveries.enums import Condition, DeliveryState


class Delivery(models.Model):
    """What one commitment brings to one place at one time."""

    commitment = models.ForeignKey(
        "commitments.Commitment", models.PROTECT, related_name="deliveries"
    )
    target = models.ForeignKey("needs.Target", models.PROTECT, related_name="deliveries")
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState, default=DeliveryState.PLANNED
    )
    planned_for = models.DateField(_("planned day"))
    delivery_window = models.CharField(
        _("part of the day"), max_length=10, choices=Window, blank=True
    )
    done_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    handover_number = models.CharField(
        _("hand-over number"), max_length=20, null=True, blank=True, unique=True
    )
    remark = models.TextField(_("remark"), blank=True, default="")
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("planned_for", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    state=DeliveryState.DONE, done_at__isnull=False, handover_number__isnull=False
                )
                | Q(
                    state=DeliveryState.PLANNED, done_at__isnull=True, handover_number__isnull=True
                ),
                name="delivery_done_has_record",
            ),
            models.UniqueConstraint(
                fields=("commitment", "target"),
                condition=Q(state=DeliveryState.PLANNED),
                name="delivery_one_plan_per_place",
            ),
        )
        indexes = (
            models.Index(
                fields=("planned_for", "id"),
                condition=Q(state=DeliveryState.PLANNED),
                name="delivery_to_be_brought",
            ),
            models.Index(
                fields=("done_at", "id"),
                condition=Q(state=DeliveryState.DONE),
                name="delivery_brought",
            ),
        )

    def __str__(self) -> str:
        return self.handover_number or f"{self.commitment_id}/{self.target_id}"


class DeliveryLine(models.Model):
    """How much of one promised line a delivery carries, and how much of it is confirmed."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="lines")
    line = models.ForeignKey(
        "commitments.CommitmentLine", models.PROTECT, related_name="delivery_lines"
    )
    planned = models.PositiveIntegerField(_("planned"))
    quantity = models.PositiveIntegerField(_("handed over"), default=0)
    received = models.PositiveIntegerField(_("confirmed"), default=0)
    settled_at = models.DateTimeField(
        _("settled at"),
        null=True,
        blank=True,
        help_text=_("When the working group settled that the receiver counted more."),
    )

    class Meta:
        verbose_name = _("delivery line")
        verbose_name_plural = _("delivery lines")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("delivery", "line"), name="delivery_line_once"),
            models.CheckConstraint(
                condition=Q(received__lte=F("quantity")), name="delivery_line_stages_in_order"
            ),
        )
        indexes = (
            models.Index(
                fields=("delivery",),
                condition=Q(quantity__gt=F("received")),
                name="delivery_line_unequal",
            ),
        )

    def __str__(self) -> str:
        return f"{self.delivery_id}/{self.line_id}"

    @property
    def difference(self) -> int:
        """What was handed over and is not confirmed."""
        return self.quantity - self.received

    @property
    def surplus(self) -> int:
        """What the receiver counted beyond the record, as long as nobody has settled it."""
        said: ReceiptLine | None = getattr(self, "receipt_line", None)
        if said is None or self.settled_at:
            return 0
        return max(said.quantity - self.quantity, 0)


class ReceiptLink(models.Model):
    """A one-time link for the receiver. Only a digest of its secret is kept."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="receipt_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("receipt link")
        verbose_name_plural = _("receipt links")

    def __str__(self) -> str:
        return str(self.delivery_id)


class Receipt(models.Model):
    """The place's word on one delivery. The database refuses to change or delete it."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="receipt")
    confirmed_at = models.DateTimeField(_("confirmed at"))
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return str(self.delivery_id)


class ReceiptLine(models.Model):
    """What the place says it got of one line, kept beside what the donor says was brought."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="lines")
    delivery_line = models.OneToOneField(DeliveryLine, models.PROTECT, related_name="receipt_line")
    quantity = models.PositiveIntegerField(_("received"))
    handed_over = models.PositiveIntegerField(_("handed over, as recorded then"))
    condition = models.CharField(_("condition"), max_length=10, choices=Condition)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("receipt line")
        verbose_name_plural = _("receipt lines")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.receipt_id}/{self.delivery_line_id}"

    @property
    def difference(self) -> int:
        """What was said to be received less what was said to be brought; negative: missing."""
        return self.quantity - self.handed_over
