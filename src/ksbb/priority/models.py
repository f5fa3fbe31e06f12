from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ksbb.priority.formula import Terms

TERMS: Final = tuple(Terms.__dataclass_fields__)


class PriorityRule(models.Model):
    """A version of a programme's priority rule, in force from a moment until the next one is.

    Rows are added and never changed.
    """

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateTimeField(_("valid from"))
    families_extra = models.PositiveIntegerField(_("extra weight for many vulnerable families"))
    families_full = models.PositiveIntegerField(_("families for all of it"))
    age_less = models.PositiveIntegerField(_("less weight for an old count"))
    age_full = models.PositiveIntegerField(_("days for all of it"))
    committed_percent = models.PositiveSmallIntegerField(_("of what is committed counts (%)"))
    served_percent = models.PositiveSmallIntegerField(_("of what others brought counts (%)"))
    reason = models.TextField(_("reason"))
    entry = models.ForeignKey("audit.Entry", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("priority rule")
        verbose_name_plural = _("priority rules")
        ordering = ("programme", "-number")
        constraints = (
            models.UniqueConstraint(fields=("programme", "number"), name="priority_rule_number"),
            models.CheckConstraint(
                condition=Q(
                    families_extra__lte=9000,
                    families_full__gte=5,
                    families_full__lte=100_000,
                    age_less__lte=900,
                    age_full__gte=1,
                    age_full__lte=10_000,
                    committed_percent__lte=100,
                    served_percent__lte=100,
                ),
                name="priority_rule_in_bounds",
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme_id}/{self.number}"

    @property
    def terms(self) -> Terms:
        """What this version says."""
        return Terms(**{name: getattr(self, name) for name in TERMS})


class FrozenList(models.Model):
    """The order of places of one phase as it was frozen. The database refuses to change it.

    `input` and `output` are the published files, byte for byte. Digests are SHA-256 in hex.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    phase = models.ForeignKey("programmes.Phase", models.PROTECT, related_name="+")
    aid_type = models.ForeignKey("programmes.AidType", models.PROTECT, related_name="+")
    rule = models.ForeignKey(PriorityRule, models.PROTECT, related_name="+")
    as_of = models.DateTimeField(_("as of"))
    packages = models.PositiveIntegerField(_("packages"))
    placed = models.PositiveIntegerField(_("packages placed"))
    seed = models.PositiveBigIntegerField(_("seed of the draw"))
    input = models.TextField(_("input"))
    output = models.TextField(_("result"))
    input_digest = models.CharField(max_length=64)
    output_digest = models.CharField(max_length=64)
    reason = models.TextField(_("reason"))
    entry = models.ForeignKey("audit.Entry", models.PROTECT, related_name="+", db_index=False)
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        verbose_name = _("frozen list")
        verbose_name_plural = _("frozen lists")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(packages__gte=F("placed")), name="frozen_list_places_what_there_is"
            ),
        )

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Return the public page of the list."""
        return reverse("portal:frozen-list", args=[self.code])
