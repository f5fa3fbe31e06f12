from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ksbb.needs.enums import Verification
from ksbb.shared import clock


class Target(models.Model):
    """A place that is helped: an RW or an institution, with the count its need comes from."""

    code = models.CharField(
        _("code"),
        max_length=24,
        unique=True,
        help_text=_("An RW: its region code. An institution: kelurahan code and a serial."),
    )
    kind = models.ForeignKey(
        "programmes.TargetKind", models.PROTECT, related_name="+", verbose_name=_("kind")
    )
    name = models.CharField(_("name"), max_length=160)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name=_("region")
    )
    address = models.CharField(_("address"), max_length=240, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    families = models.PositiveIntegerField(_("vulnerable families (KK)"), null=True, blank=True)
    residents = models.PositiveIntegerField(_("residents"), null=True, blank=True)
    source = models.CharField(_("source of the count"), max_length=200, blank=True)
    counted_on = models.DateField(_("counted on"), null=True, blank=True)
    verification = models.CharField(
        _("verification"), max_length=10, choices=Verification, default=Verification.PENDING
    )
    # Empty only for SQLite's sake, which otherwise makes the table anew and loses its triggers.
    entered_at = models.DateTimeField(_("entered at"), null=True, default=clock.now, editable=False)
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                # A comparison with NULL would pass, so both are asked for by name.
                | Q(
                    lat__isnull=False,
                    lon__isnull=False,
                    lat__range=(-90, 90),
                    lon__range=(-180, 180),
                ),
                name="target_point_on_earth",
            ),
        )
        indexes = (
            models.Index(fields=("name", "code"), name="target_by_name"),
            models.Index(fields=("lat", "lon"), name="target_by_point"),
            models.Index(
                fields=("entered_at", "id"),
                condition=Q(verification=Verification.PENDING),
                name="target_waiting",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the public page of the place."""
        return reverse("portal:target", args=[self.code])


class TargetContact(models.Model):
    """The person to call at a target. Shown only to those with a part in it, each look logged."""

    target = models.OneToOneField(Target, models.CASCADE, related_name="contact")
    role = models.CharField(_("role"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=20)

    class Meta:
        verbose_name = _("target contact")
        verbose_name_plural = _("target contacts")

    def __str__(self) -> str:
        return self.role


_COVERAGE: Final = Coalesce(
    Cast("committed", models.FloatField()) / NullIf(Cast("quantity", models.FloatField()), 0.0), 1.0
)
"""Committed by needed, 0.0 to 1.0; where nothing is needed nothing lacks."""


class Need(models.Model):
    """A quantity of one aid type for one target in one phase, and how far it is met.

    `quantity` is the sum of its adjustments; `committed`, `delivered` and `received` are sums of
    movements. Triggers of the database add each new row to them, so no code can forget it.
    """

    # Each commitment writes every index of this table anew, so those that others cover are left
    # out: the unique constraint begins with the target, the orders with phase and aid type.
    target = models.ForeignKey(Target, models.PROTECT, related_name="needs", db_index=False)
    phase = models.ForeignKey("programmes.Phase", models.PROTECT, related_name="+", db_index=False)
    aid_type = models.ForeignKey(
        "programmes.AidType", models.PROTECT, related_name="+", db_index=False
    )
    quantity = models.PositiveIntegerField(_("needed"), default=0, db_default=0)
    committed = models.PositiveIntegerField(_("committed"), default=0, db_default=0)
    delivered = models.PositiveIntegerField(_("delivered"), default=0, db_default=0)
    received = models.PositiveIntegerField(_("received"), default=0, db_default=0)
    open = models.GeneratedField(
        expression=F("quantity") - F("committed"),
        output_field=models.IntegerField(_("still open")),
        db_persist=True,
    )
    coverage = models.GeneratedField(
        expression=_COVERAGE, output_field=models.FloatField(_("covered")), db_persist=True
    )

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ("target", "phase", "aid_type")
        constraints = (
            models.UniqueConstraint(
                fields=("target", "phase", "aid_type"), name="need_once_per_phase_and_type"
            ),
            models.CheckConstraint(
                condition=Q(
                    received__gte=0,
                    delivered__gte=F("received"),
                    committed__gte=F("delivered"),
                    quantity__gte=F("committed"),
                ),
                name="need_stages_in_order",
            ),
        )
        indexes = (
            models.Index(fields=("phase", "aid_type", "-open", "id"), name="need_most_missing"),
            models.Index(
                fields=("phase", "aid_type", "coverage", "-open", "id"), name="need_least_covered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.target_id}/{self.phase_id}/{self.aid_type_id}"


class NeedAdjustment(models.Model):
    """One change of a need's quantity, with its reason. Rows are added and never changed."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="adjustments")
    delta = models.IntegerField(_("change"))
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"))
    # Audit rows are never deleted, and nobody asks for the adjustments of one.
    entry = models.ForeignKey("audit.Entry", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("need adjustment")
        verbose_name_plural = _("need adjustments")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(delta=0), name="need_adjustment_not_nothing"),
        )
        indexes = (models.Index(fields=("at", "id"), name="need_adjustment_in_order"),)

    def __str__(self) -> str:
        return f"{self.need_id} {self.delta:+d}"


def _derived(to: str) -> models.ForeignKey:  # type: ignore[type-arg] # one for several models
    # The needs these rows come from are guarded already; a second guard would only cost time.
    return models.ForeignKey(
        to, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )


class AreaTotal(models.Model):
    """What the needs of verified places add up to in one area: kota, kecamatan or kelurahan.

    The sums are kept by triggers, in the transaction that changes a need or a place. One total may
    stand in several rows, which are to be added up: writers do not wait for each other's row.
    """

    phase = _derived("programmes.Phase")
    aid_type = _derived("programmes.AidType")
    length = models.PositiveSmallIntegerField()
    """Of the code of an area of its level."""
    area = models.CharField(max_length=13)
    kind = _derived("programmes.TargetKind")
    quantity = models.BigIntegerField()
    lacking = models.BigIntegerField()
    """The quantity of those needs alone of which something is open."""
    committed = models.BigIntegerField()
    places = models.BigIntegerField()
    missing = models.BigIntegerField()
    """The places with something open."""

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("phase", "aid_type", "length", "area", "kind"),
                name="area_total_of_area",
                # For the beginning of a code, on PostgreSQL; SQLite is not told.
                opclasses=("int8_ops", "int8_ops", "int2_ops", "varchar_pattern_ops", "int8_ops"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.area} {self.phase_id}/{self.aid_type_id}"
