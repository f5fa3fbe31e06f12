"""What a programme consists of: one form for each thing, asked one at a time."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.needs.reckoning import Change
from ksbb.programmes.actions.rule import Formula
from ksbb.programmes.enums import Basis
from ksbb.programmes.models import (
    MOST_TIMES,
    MOST_TIMES_PER_DAY,
    AidType,
    NeedRule,
    Phase,
    Programme,
    TargetKind,
)
from ksbb.programmes.words import phase_name
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.rights.enums import Step
from ksbb.shared.formats import number
from ksbb.web.forms.fields import DAY_MISTAKES, DAYS, CountField, reason_field

LONG: Final = forms.Textarea(attrs={"rows": 4})
NUMBERS: Final = len(Change._fields)
CODE_MISTAKES: Final = {
    "required": gettext_lazy("Write a code, for example umkm-2026."),
    "invalid": gettext_lazy(
        "Write small letters, digits and hyphens only, without spaces, for example umkm-2026."
    ),
}


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class _DayForm(forms.ModelForm):  # type: ignore[type-arg]  # the model is named below
    """Reads days as people write them."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Say what a day looks like."""
        super().__init__(*arguments, **options)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.input_formats = DAYS
                field.error_messages |= DAY_MISTAKES


class _AreaForm(_DayForm):
    """Offers the provinces and cities as areas."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Leave out what lies below a city: a programme is for a whole one."""
        super().__init__(*arguments, **options)
        area = self.fields["root_region"]
        if isinstance(area, forms.ModelChoiceField):
            area.empty_label = None
            area.queryset = Region.objects.filter(
                level__in=(Level.PROVINCE, Level.REGENCY)
            ).order_by("code")


class NewProgrammeForm(_AreaForm):
    class Meta:
        model = Programme
        fields = (
            "slug",
            "name_id",
            "name_en",
            "organiser",
            "agency",
            "starts_on",
            "ends_on",
            "root_region",
            "release_place",
            "is_example",
        )
        labels = {"slug": gettext_lazy("Code")}
        error_messages = {"slug": CODE_MISTAKES}
        help_texts = {
            "slug": gettext_lazy(
                "Stands in addresses and files and never changes, for example umkm-2026. "
                "Small letters, digits and hyphens."
            ),
            "release_place": gettext_lazy("For example: BALAIKOTA JAKARTA."),
            "is_example": gettext_lazy("Tick it where the programme is only tried out."),
        }
        widgets = {"starts_on": _day(), "ends_on": _day()}


class IdentityForm(forms.ModelForm[Programme]):
    class Meta:
        model = Programme
        fields = ("name_id", "name_en", "organiser", "agency", "is_example")


class DaysForm(_AreaForm):
    class Meta:
        model = Programme
        fields = ("starts_on", "ends_on", "root_region")
        widgets = {"starts_on": _day(), "ends_on": _day()}


class SettingsForm(forms.ModelForm[Programme]):
    class Meta:
        model = Programme
        fields = (
            "follow_up_hours",
            "draft_minutes",
            "persons_per_family",
            "cost_cap_percent",
            "fulfilment_stage",
        )


class ReleaseForm(forms.ModelForm[Programme]):
    website = forms.URLField(
        label=gettext_lazy("Public address"), required=False, assume_scheme="https"
    )

    class Meta:
        model = Programme
        fields = ("release_place", "letterhead", "website")
        widgets = {"letterhead": LONG}


class KindsForm(forms.Form):
    jenis = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which kinds of places does the programme help?"),
        queryset=TargetKind.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one kind of place.")},
    )


class MarksForm(forms.Form):
    langkah = forms.MultipleChoiceField(
        label=gettext_lazy("Which steps take two officers?"),
        help_text=gettext_lazy(
            "One asks, another confirms. To untick one again takes a second officer too."
        ),
        choices=Step.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    alasan = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Needed where you untick something."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def steps(self) -> frozenset[Step]:
        """The steps that were ticked."""
        return frozenset(Step(one) for one in self.cleaned_data["langkah"])


class PhaseForm(_DayForm):
    class Meta:
        model = Phase
        fields = ("starts_on", "ends_on")
        widgets = {"starts_on": _day(), "ends_on": _day()}


class AidTypeForm(forms.ModelForm[AidType]):
    reference_price = CountField(
        label=gettext_lazy("Reference price in rupiah"),
        help_text=gettext_lazy("Of one piece. Empty or 0: none."),
    )

    class Meta:
        model = AidType
        fields = (
            "name_id",
            "name_en",
            "counted_id",
            "counted_en",
            "unit",
            "frequency",
            "reference_price",
            "contents_id",
            "contents_en",
            "counts_toward_fulfilment",
        )
        widgets = {"contents_id": LONG, "contents_en": LONG}


class NewAidTypeForm(AidTypeForm):
    class Meta(AidTypeForm.Meta):
        fields = ("slug", *AidTypeForm.Meta.fields)  # type: ignore[assignment]  # one more
        labels = {"slug": gettext_lazy("Code")}
        error_messages = {"slug": CODE_MISTAKES}
        help_texts = {"slug": gettext_lazy("Never changes. Small letters, digits and hyphens.")}


class KindForm(forms.ModelForm[TargetKind]):
    class Meta:
        model = TargetKind
        fields = ("name_id", "name_en", "people_id", "people_en")


class NewKindForm(KindForm):
    class Meta(KindForm.Meta):
        fields = ("slug", *KindForm.Meta.fields)  # type: ignore[assignment]  # one more
        labels = {"slug": gettext_lazy("Code")}
        error_messages = {"slug": CODE_MISTAKES}
        help_texts = {"slug": gettext_lazy("Never changes. Small letters, digits and hyphens.")}


class FormulaForm(forms.Form):
    """How a need is reckoned from the count of a place."""

    dasar = forms.ChoiceField(
        label=gettext_lazy("Reckoned from"), choices=Basis.choices, widget=forms.RadioSelect
    )
    kali = CountField(
        label=gettext_lazy("Times"),
        help_text=gettext_lazy(
            "For a loan: rupiah per person. For meals: the number of persons in a family."
        ),
        most=MOST_TIMES,
        required=True,
    )
    bagi = CountField(
        label=gettext_lazy("Divided by"),
        help_text=gettext_lazy("1: not divided. 4: one for every four, rounded up."),
        most=MOST_TIMES_PER_DAY,
        required=True,
    )
    per_hari = forms.BooleanField(label=gettext_lazy("For each day of the phase"), required=False)

    def __init__(self, data: Any = None, rule: NeedRule | None = None, **options: Any) -> None:
        """Begin with what stands: one for each, unless a rule says otherwise."""
        first: dict[str, Any] = {"dasar": Basis.RESIDENTS, "kali": "1", "bagi": "1"}
        if rule:
            first = {
                "dasar": rule.basis,
                "kali": number(rule.multiplier),
                "bagi": number(rule.divisor),
                "per_hari": rule.per_day,
            }
        super().__init__(data, initial=first, **options)
        if rule:
            basis: Any = self.fields["dasar"]
            basis.choices = [
                (Basis.FAMILIES, Basis.FAMILIES.label),
                (Basis.RESIDENTS, rule.target_kind.people),
            ]

    def clean(self) -> dict[str, Any]:
        """Hold both factors to at least 1, and to less where days are counted as well."""
        given = self.cleaned_data
        for name in ("kali", "bagi"):
            if given.get(name) == 0:
                self.add_error(name, _("This must be at least 1."))
        if given.get("per_hari") and given.get("kali", 0) > MOST_TIMES_PER_DAY:
            self.add_error(
                "kali",
                _("At most %(most)s where days are counted.")
                % {"most": number(MOST_TIMES_PER_DAY)},
            )
        return given

    @property
    def formula(self) -> Formula:
        """The formula of a valid form."""
        given = self.cleaned_data
        return Formula(
            basis=Basis(given["dasar"]),
            multiplier=given["kali"],
            divisor=given["bagi"],
            per_day=given["per_hari"],
        )


class ConfirmRuleForm(FormulaForm):
    """The formula once more, unseen, with the reason and what the preview said."""

    pratinjau = forms.CharField(max_length=120, widget=forms.HiddenInput)
    alasan = reason_field(gettext_lazy("Why does the rule change?"), max_length=200)

    @property
    def promised(self) -> Change:
        """What the preview said; an impossible change where that was tampered with."""
        parts = str(self.cleaned_data["pratinjau"]).split("-")
        if len(parts) != NUMBERS or not all(one.isdecimal() and len(one) < 20 for one in parts):  # noqa: PLR2004 - digits of a number
            return Change(changed=-1)
        return Change(*map(int, parts))


class NewRuleForm(FormulaForm):
    jenis = forms.ModelChoiceField(
        label=gettext_lazy("Kind of place"),
        queryset=TargetKind.objects.none(),
        to_field_name="slug",
        empty_label=None,
    )
    bantuan = forms.ModelChoiceField(
        label=gettext_lazy("Kind of aid"),
        queryset=AidType.objects.none(),
        to_field_name="slug",
        empty_label=None,
    )
    fase = forms.ChoiceField(label=gettext_lazy("Phase"), required=False)

    field_order = ("jenis", "bantuan", "fase")

    def __init__(self, data: Any, programme: Programme) -> None:
        """Offer what belongs to the programme."""
        super().__init__(data)
        self.phases = list(programme.phases.order_by("number"))
        kinds: Any = self.fields["jenis"]
        kinds.queryset = programme.target_kinds.all()
        aid: Any = self.fields["bantuan"]
        aid.queryset = programme.aid_types.all()
        phase: Any = self.fields["fase"]
        phase.choices = [
            ("", _("Every phase without a rule of its own")),
            *((str(one.number), phase_name(one)) for one in self.phases),
        ]

    @property
    def phase(self) -> Phase | None:
        """The chosen phase of a valid form; None for all."""
        chosen = self.cleaned_data["fase"]
        return next((one for one in self.phases if str(one.number) == chosen), None)


class WhyForm(forms.Form):
    alasan = reason_field(
        gettext_lazy("Why?"), help_text=gettext_lazy("The reason is kept on record.")
    )


class NeedsForm(forms.Form):
    fase = forms.ChoiceField(
        label=gettext_lazy("Phase"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no such phase. Choose again.")},
    )

    def __init__(self, data: Any, phases: list[Phase]) -> None:
        """Offer the phases that are not over."""
        super().__init__(data)
        self.phases = phases
        phase: Any = self.fields["fase"]
        phase.choices = [
            ("", _("All phases that are not over")),
            *((str(one.number), phase_name(one)) for one in phases),
        ]

    @property
    def phase(self) -> Phase | None:
        """The chosen phase of a valid form; None for all."""
        chosen = self.cleaned_data["fase"]
        return next((one for one in self.phases if str(one.number) == chosen), None)
