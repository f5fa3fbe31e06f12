from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ksbb.programmes.enums import Basis, Frequency, ProgrammeState, Stage, Unit
from ksbb.programmes.rules import in_language, needed_quantity
from ksbb.rights.enums import Step


class TargetKind(models.Model):
    """A kind of place that is helped: RW, pesantren, orphanage … later lokbin, school."""

    slug = models.SlugField(unique=True)
    name_id = models.CharField(_("name (Indonesian)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    is_area = models.BooleanField(
        _("is an area"), help_text=_("An RW is an area; an institution is a point.")
    )
    people_id = models.CharField(
        _("who is counted there (Indonesian)"),
        max_length=40,
        blank=True,
        help_text=_("For example: pedagang. Empty: penghuni."),
    )
    people_en = models.CharField(
        _("who is counted there (English)"),
        max_length=40,
        blank=True,
        help_text=_("For example: merchants. Empty: residents."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("target kind")
        verbose_name_plural = _("target kinds")
        ordering = ("position", "slug")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name_id="") & ~Q(name_en=""), name="target_kind_is_named"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(get_language(), self.name_id, self.name_en)

    @property
    def people(self) -> str:
        """Who is counted there, in the reader's language: residents, unless the kind says so."""
        said = in_language(get_language(), self.people_id, self.people_en)
        return said or gettext("residents")


class Programme(models.Model):
    """One round of collaboration with its own rules, such as food in Ramadan 1441 H."""

    slug = models.SlugField(unique=True)
    name_id = models.CharField(_("name (Indonesian)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    organiser = models.CharField(_("organiser"), max_length=160)
    agency = models.CharField(_("responsible agency"), max_length=160, blank=True)
    root_region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name=_("area")
    )
    target_kinds = models.ManyToManyField(
        TargetKind, related_name="programmes", verbose_name=_("target kinds")
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    state = models.CharField(
        _("state"), max_length=10, choices=ProgrammeState, default=ProgrammeState.DRAFT
    )
    follow_up_hours = models.PositiveSmallIntegerField(
        _("hours to call the contact"),
        default=48,
        help_text=_("An accepted commitment nobody schedules in this time expires."),
    )
    draft_minutes = models.PositiveSmallIntegerField(
        _("minutes a draft holds its quantity"), default=30
    )
    persons_per_family = models.PositiveSmallIntegerField(_("persons per family"), default=4)
    cost_cap_percent = models.PositiveSmallIntegerField(
        _("operating costs at most, per cent"),
        default=10,
        help_text=_("Of the money an aggregator was given. The law allows 10 (PP 29/1980)."),
    )
    fulfilment_stage = models.CharField(
        _("stage that counts as fulfilled"),
        max_length=10,
        choices=Stage,
        default=Stage.COMMITTED,
    )
    letterhead = models.TextField(_("letterhead of the press release"), blank=True)
    release_place = models.CharField(_("place line of the press release"), max_length=60)
    website = models.URLField(_("public address"), blank=True)
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ("-starts_on", "slug")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="programme_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(name_id="") & ~Q(name_en=""), name="programme_is_named"
            ),
            models.CheckConstraint(
                condition=Q(
                    follow_up_hours__gte=1, draft_minutes__gte=1, persons_per_family__gte=1
                ),
                name="programme_times_positive",
                violation_error_message=_("Hours, minutes and persons must be at least 1."),
            ),
            models.CheckConstraint(
                condition=Q(cost_cap_percent__lte=100),
                name="programme_cost_cap_is_share",
                violation_error_message=_("Costs can be at most 100 per cent."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(get_language(), self.name_id, self.name_en)

    @property
    def is_open(self) -> bool:
        """Whether the programme takes commitments."""
        return self.state == ProgrammeState.OPEN


class Phase(models.Model):
    """A numbered span of days of a programme, both ends included."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="phases")
    number = models.PositiveSmallIntegerField(_("number"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ("programme", "number")
        constraints = (
            models.UniqueConstraint(fields=("programme", "number"), name="phase_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="phase_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="phase_number_from_one"),
        )

    def __str__(self) -> str:
        return gettext("Phase %(number)s") % {"number": self.number}

    @property
    def days(self) -> int:
        """The number of days, both ends included."""
        return (self.ends_on - self.starts_on).days + 1


class AidType(models.Model):
    """A kind of aid with the unit it is counted in."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="aid_types")
    slug = models.SlugField()
    name_id = models.CharField(_("name (Indonesian)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    counted_id = models.CharField(
        _("behind a number (Indonesian)"),
        max_length=80,
        blank=True,
        help_text=_("As in “600 paket sembako”. Empty: the name."),
    )
    counted_en = models.CharField(_("behind a number (English)"), max_length=80, blank=True)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit)
    frequency = models.CharField(_("frequency"), max_length=10, choices=Frequency)
    reference_price = models.PositiveBigIntegerField(_("reference price in rupiah"), default=0)
    contents_id = models.TextField(_("contents (Indonesian)"), blank=True)
    contents_en = models.TextField(_("contents (English)"), blank=True)
    counts_toward_fulfilment = models.BooleanField(_("counts toward fulfilment"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("aid type")
        verbose_name_plural = _("aid types")
        ordering = ("programme", "position", "slug")
        constraints = (
            models.UniqueConstraint(fields=("programme", "slug"), name="aid_type_slug_once"),
            models.CheckConstraint(
                condition=~Q(name_id="") & ~Q(name_en=""), name="aid_type_is_named"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(get_language(), self.name_id, self.name_en)

    @property
    def counted(self) -> str:
        """How the type reads behind a number, in the reader's language."""
        return in_language(get_language(), self.counted_id, self.counted_en) or self.name

    @property
    def contents(self) -> str:
        """What a package holds, in the reader's language."""
        return in_language(get_language(), self.contents_id, self.contents_en)

    @property
    def is_package(self) -> bool:
        """Whether one speaks of packages, and not of stalls, participants or rupiah."""
        return self.unit not in {Unit.STALL, Unit.PARTICIPANT, Unit.RUPIAH}

    @property
    def is_money(self) -> bool:
        """Whether the quantity itself is an amount of rupiah."""
        return self.unit == Unit.RUPIAH


MOST_TIMES: Final = 100_000_000
MOST_TIMES_PER_DAY: Final = 1_000_000
"""With these factors no count and no phase comes near the largest number of the database."""


class NeedRule(models.Model):
    """How much of one aid type a target of one kind needs in a phase.

    count × multiplier ÷ divisor, times the days of the phase where `per_day`, rounded up. Each
    change is a new version; what the earlier ones said stands in the audit.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="need_rules")
    target_kind = models.ForeignKey(TargetKind, models.PROTECT, related_name="+")
    aid_type = models.ForeignKey(AidType, models.PROTECT, related_name="+")
    basis = models.CharField(_("reckoned from"), max_length=10, choices=Basis)
    multiplier = models.PositiveIntegerField(_("times"), default=1)
    divisor = models.PositiveIntegerField(_("divided by"), default=1)
    per_day = models.BooleanField(_("for each day of the phase"), default=False)
    phase = models.ForeignKey(
        Phase,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Empty: the same in every phase."),
    )
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        verbose_name = _("need rule")
        verbose_name_plural = _("need rules")
        ordering = ("programme", "target_kind", "aid_type")
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "target_kind", "aid_type", "phase"),
                name="need_rule_once_in_a_phase",
            ),
            models.UniqueConstraint(
                fields=("programme", "target_kind", "aid_type"),
                condition=Q(phase__isnull=True),
                name="need_rule_once_for_all_phases",
            ),
            models.CheckConstraint(
                condition=Q(divisor__gte=1, multiplier__gte=1), name="need_rule_factors_positive"
            ),
            models.CheckConstraint(
                condition=Q(multiplier__lte=MOST_TIMES)
                & (Q(per_day=False) | Q(multiplier__lte=MOST_TIMES_PER_DAY)),
                name="need_rule_factors_bounded",
            ),
        )

    def __str__(self) -> str:
        return f"{self.target_kind.name}: {self.aid_type.name}"

    def quantity_for(self, count: int, phase: Phase) -> int:
        """Return the need in units of the aid type for `count` families or residents."""
        return needed_quantity(
            count=count,
            multiplier=self.multiplier,
            divisor=self.divisor,
            days=phase.days if self.per_day else 1,
        )


class FourEyes(models.Model):
    """A step that takes a second officer in this programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="four_eyes")
    step = models.CharField(_("step"), max_length=20, choices=Step)

    class Meta:
        verbose_name = _("step of two officers")
        verbose_name_plural = _("steps of two officers")
        ordering = ("programme", "step")
        constraints = (
            models.UniqueConstraint(fields=("programme", "step"), name="four_eyes_once"),
        )

    def __str__(self) -> str:
        return self.get_step_display()
