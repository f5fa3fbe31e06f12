from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Length, Substr
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from ksbb.regions.enums import Level
from ksbb.regions.names import short_name
from ksbb.shared.codes import LENGTHS

_PARENT_LENGTHS: Final = dict(zip(list(LENGTHS)[1:], LENGTHS.values(), strict=False))


def _shape(level: Level) -> Q:
    """Say that the code has the length of its level and begins with the parent's code.

    A comparison with NULL would pass a CHECK, so what must be there is asked for by name.
    """
    shape = Q(Exact(Length("code"), LENGTHS[level.value]), level=level)
    if level is Level.PROVINCE:
        return shape & Q(parent__isnull=True)
    around = Substr("code", 1, _PARENT_LENGTHS[level.value])
    return shape & Q(parent__isnull=False, parent=around)


class Region(models.Model):
    """A region of Indonesia's administration, from the province to the RW.

    Its key is the code of the Ministry of Home Affairs, so a subtree is a code prefix
    (`queries.within`). A region that ceases to be is given its last day and stays: what was
    recorded under its code keeps it.
    """

    code = models.CharField(_("code"), max_length=17, primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    level = models.CharField(_("level"), max_length=8, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    is_official = models.BooleanField(
        _("has an official code"),
        default=True,
        help_text=_("A new region without an official code yet has a provisional one."),
    )
    predecessors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="successors",
        verbose_name=_("predecessors"),
    )
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ("code",)
        indexes = (models.Index(fields=("level", "code"), name="regions_by_level"),)
        constraints = (
            CheckConstraint(
                condition=_shape(Level.PROVINCE)
                | _shape(Level.REGENCY)
                | _shape(Level.DISTRICT)
                | _shape(Level.VILLAGE)
                | _shape(Level.RW),
                name="regions_code_level_and_parent_agree",
            ),
            CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(
                    lat__isnull=False,
                    lon__isnull=False,
                    lat__range=(-90, 90),
                    lon__range=(-180, 180),
                ),
                name="regions_point_is_whole",
            ),
            CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from"))
                | Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True),
                name="regions_validity_runs_forward",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name without the words of office: "Jakarta Selatan"."""
        return short_name(self.name)


class RegionAlias(models.Model):
    """Another spelling under which people look for a region."""

    region = models.ForeignKey(
        Region, models.CASCADE, related_name="aliases", verbose_name=_("region")
    )
    name = models.CharField(_("name"), max_length=100)
    normalised = models.CharField(_("normal form"), max_length=100, db_index=True, editable=False)

    class Meta:
        verbose_name = _("other spelling")
        verbose_name_plural = _("other spellings")
        ordering = ("normalised", "region")
        constraints = (
            models.UniqueConstraint(fields=("region", "normalised"), name="regions_alias_once"),
        )

    def __str__(self) -> str:
        return self.name


class BoundarySource(models.Model):
    """Where outlines come from, under which licence, and as of which day: shown with the map."""

    source = models.CharField(_("source"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=200)
    as_of = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("source of boundaries")
        verbose_name_plural = _("sources of boundaries")
        ordering = ("source", "licence", "as_of")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "licence", "as_of"), name="regions_boundary_source_once"
            ),
        )

    def __str__(self) -> str:
        return self.source or self.licence


class Boundary(models.Model):
    """The outline of a region, simplified for its level; the box around it finds it on a map.

    `geometry` is the text of a GeoJSON geometry and goes out as it stands.
    """

    region = models.OneToOneField(
        Region,
        models.CASCADE,
        primary_key=True,
        related_name="boundary",
        verbose_name=_("region"),
    )
    source = models.ForeignKey(
        BoundarySource, models.PROTECT, related_name="boundaries", verbose_name=_("source")
    )
    geometry = models.TextField(_("geometry"))
    west = models.FloatField(_("west"))
    south = models.FloatField(_("south"))
    east = models.FloatField(_("east"))
    north = models.FloatField(_("north"))

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        ordering = ("region",)

    def __str__(self) -> str:
        return self.region_id
