from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ksbb.plans.enums import OfferState, Reach


class Offer(models.Model):
    """Packages of a collaborator for a phase; where they go is left to the working group.

    Nothing is committed by it: it takes nothing from a need. `used` is what its giver has committed
    since, and is planned no more. `reach` says which columns speak: an
    area, a circle, or the codes of places.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    collaborator = models.ForeignKey(
        "collaborators.Collaborator", models.PROTECT, related_name="offers"
    )
    phase = models.ForeignKey("programmes.Phase", models.PROTECT, related_name="+")
    aid_type = models.ForeignKey(
        "programmes.AidType", models.PROTECT, related_name="+", verbose_name=_("kind of aid")
    )
    packages = models.PositiveIntegerField(_("packages"))
    used = models.PositiveIntegerField(_("committed since by its giver"), default=0)
    reach = models.CharField(_("reach"), max_length=6, choices=Reach)
    area = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", null=True, blank=True
    )
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    metres = models.PositiveIntegerField(_("metres around the point"), null=True, blank=True)
    places = models.JSONField(_("codes of places"), default=list, blank=True)
    ready_from = models.DateField(_("ready from"))
    ready_until = models.DateField(_("ready until"))
    state = models.CharField(_("state"), max_length=10, choices=OfferState, default=OfferState.OPEN)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(packages__gte=1), name="offer_of_something"),
            models.CheckConstraint(
                condition=Q(state=OfferState.USED, used=F("packages"))
                | (~Q(state=OfferState.USED) & Q(used__lt=F("packages"))),
                name="offer_used_up_or_not",
            ),
            models.CheckConstraint(
                condition=Q(ready_until__gte=F("ready_from")), name="offer_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(reach=Reach.AREA, area__isnull=False, metres__isnull=True)
                | Q(
                    reach=Reach.RADIUS,
                    area__isnull=True,
                    # A comparison with NULL would pass, so they are asked for by name.
                    lat__isnull=False,
                    lon__isnull=False,
                    metres__isnull=False,
                )
                | Q(reach=Reach.LIST, area__isnull=True, metres__isnull=True),
                name="offer_reaches_somewhere",
            ),
        )
        indexes = (models.Index(fields=("phase", "aid_type", "state"), name="offer_of_phase"),)

    def __str__(self) -> str:
        return self.code

    @property
    def left(self) -> int:
        """Packages whose place is still open."""
        return self.packages - self.used

    @property
    def kilometres(self) -> float:
        """How far from the point the packages may go."""
        return (self.metres or 0) / 1000


class PublishedPlan(models.Model):
    """A plan as it was published. The database refuses to change or delete it.

    `input` and `output` are the published files, byte for byte; whatever a page says of the plan
    is read from them. Digests are SHA-256 in hex.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    phase = models.ForeignKey("programmes.Phase", models.PROTECT, related_name="+")
    aid_type = models.ForeignKey("programmes.AidType", models.PROTECT, related_name="+")
    as_of = models.DateTimeField(_("as of"))
    share = models.PositiveSmallIntegerField(_("share of families per visit (%)"))
    least = models.PositiveIntegerField(_("packages per visit at least"))
    seed = models.PositiveBigIntegerField(_("seed of the draw"))
    offered = models.PositiveBigIntegerField(_("packages offered"))
    placed = models.PositiveBigIntegerField(_("packages placed"))
    visited = models.PositiveIntegerField(_("places visited"))
    input = models.TextField(_("input"))
    output = models.TextField(_("result"))
    input_digest = models.CharField(max_length=64)
    output_digest = models.CharField(max_length=64)
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        verbose_name = _("published plan")
        verbose_name_plural = _("published plans")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(offered__gte=F("placed")), name="plan_places_what_is_offered"
            ),
        )

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Return the public page of the plan."""
        return reverse("portal:plan", args=[self.code])
