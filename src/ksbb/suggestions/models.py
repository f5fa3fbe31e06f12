from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ksbb.overlap.enums import Source
from ksbb.suggestions.enums import Kind, State


class Suggestion(models.Model):
    """Something about a place that waits for the working group; `words` hold no personal data.

    `region` is a kelurahan, or the RW of `target`. Without `made_by` a visitor has sent it.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    target = models.ForeignKey(
        "needs.Target", models.PROTECT, null=True, blank=True, related_name="+"
    )
    target_kind = models.ForeignKey(
        "programmes.TargetKind", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name of the place"), max_length=160)
    families = models.PositiveIntegerField(_("vulnerable families (KK)"), null=True, blank=True)
    residents = models.PositiveIntegerField(_("residents"), null=True, blank=True)
    counted_on = models.DateField(_("counted on"), null=True, blank=True)
    words = models.TextField(_("what and why"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ("made_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=State.OPEN, decided_at=None)
                | (~Q(state=State.OPEN) & Q(decided_at__isnull=False) & ~Q(answer="")),
                name="suggestion_decided_with_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.COUNT) | Q(target__isnull=False),
                name="suggestion_count_of_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.SERVED) | Q(target__isnull=False),
                name="suggestion_served_at_a_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class SuggestedAid(models.Model):
    """What another source has brought to the place, in units of the aid type, as it is proposed."""

    suggestion = models.OneToOneField(Suggestion, models.CASCADE, related_name="aid")
    phase = models.ForeignKey("programmes.Phase", models.PROTECT, related_name="+")
    aid_type = models.ForeignKey("programmes.AidType", models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField(_("quantity"))
    kind = models.CharField(_("kind of source"), max_length=12, choices=Source)
    source = models.CharField(_("source"), max_length=160)
    day = models.DateField(_("day"))
    document = models.CharField(_("document"), max_length=200)

    class Meta:
        verbose_name = _("proposed aid from another source")
        verbose_name_plural = _("proposed aid from other sources")

    def __str__(self) -> str:
        return f"{self.suggestion_id}"


class SuggestionContact(models.Model):
    """How to reach who reported a need. Each look is logged; it goes when the report is decided."""

    suggestion = models.OneToOneField(Suggestion, models.CASCADE, related_name="contact")
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)

    class Meta:
        verbose_name = _("contact of a report")
        verbose_name_plural = _("contacts of reports")

    def __str__(self) -> str:
        return f"{self.suggestion_id}"
