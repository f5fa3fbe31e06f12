"""Packages whose place the working group is to choose: how many, for what, where, when."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.needs.spots import find_spot
from ksbb.plans.actions.offer import Where
from ksbb.plans.enums import Reach
from ksbb.programmes.models import AidType, Phase
from ksbb.programmes.scope import Scope
from ksbb.programmes.words import phase_name
from ksbb.regions.models import Region
from ksbb.web.forms.areas import area_choices
from ksbb.web.forms.fields import UNKNOWN, CountField, DayField, offer_choices

_METRES: Final = 1000
_SEPARATORS: Final = re.compile(r"[\s,;]+")


def _day(label: Any) -> forms.DateField:
    return DayField(
        label=label,
        required=False,
    )


class OfferForm(forms.Form):
    """An offer; of the three ways to say where, only the chosen one is read."""

    fase = forms.ChoiceField(
        label=gettext_lazy("For which phase?"),
        error_messages={**UNKNOWN, "required": gettext_lazy("Choose a phase.")},
    )
    bantuan = forms.ChoiceField(
        label=gettext_lazy("Kind of aid"),
        error_messages={**UNKNOWN, "required": gettext_lazy("Choose what is given.")},
    )
    jumlah = CountField(label=gettext_lazy("How many packages?"), required=True)
    jangkauan = forms.ChoiceField(
        label=gettext_lazy("Where may they go?"),
        choices=[
            (Reach.AREA, gettext_lazy("anywhere in an area")),
            (Reach.RADIUS, gettext_lazy("not farther from a point than …")),
            (Reach.LIST, gettext_lazy("only to named places")),
        ],
        initial=Reach.AREA,
        widget=forms.RadioSelect,
        error_messages={**UNKNOWN, "required": gettext_lazy("Say where the packages may go.")},
    )
    wilayah = forms.ChoiceField(label=gettext_lazy("Area"), required=False, error_messages=UNKNOWN)
    titik = forms.CharField(
        label=gettext_lazy("Point"),
        help_text=gettext_lazy("A kelurahan, the code of a place, or coordinates: -6.24,106.78."),
        max_length=100,
        required=False,
    )
    km = forms.DecimalField(
        label=gettext_lazy("Kilometres from the point"),
        localize=True,
        required=False,
        min_value=0,
        max_value=1000,
        max_digits=6,
        decimal_places=2,
        widget=forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}
        ),
        error_messages={"invalid": gettext_lazy("Write kilometres in digits, for example 3.")},
    )
    tempat = forms.CharField(
        label=gettext_lazy("Codes of the places"),
        help_text=gettext_lazy("One on each line, as on the page of the place."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    dari = _day(gettext_lazy("Ready from (empty: the whole phase)"))
    sampai = _day(gettext_lazy("Ready until"))

    def __init__(self, data: Any, scope: Scope, **options: Any) -> None:
        """Offer the phases that are not over, and the areas of the programme."""
        super().__init__(data, **options)
        self.scope = scope
        choices: dict[str, list[Any]] = {
            "fase": [(str(phase.number), phase_name(phase)) for phase in scope.coming_phases],
            "bantuan": [(kind.slug, kind.name) for kind in scope.aid_types],
            "wilayah": area_choices(scope.programme.root_region),
        }
        for name, offered in choices.items():
            offer_choices(self, name, offered)

    @property
    def phase(self) -> Phase:
        """The chosen phase of a valid form."""
        number = self.cleaned_data["fase"]
        return next(one for one in self.scope.coming_phases if str(one.number) == number)

    @property
    def aid_type(self) -> AidType:
        """The chosen aid type of a valid form."""
        slug = self.cleaned_data["bantuan"]
        return next(one for one in self.scope.aid_types if one.slug == slug)

    def clean(self) -> dict[str, Any]:
        """Put together where the packages may go; what is missing is said by the action."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            cleaned["where"] = self._where(cleaned)
        return cleaned

    def _where(self, cleaned: dict[str, Any]) -> Where:
        reach = Reach(cleaned["jangkauan"])
        if reach == Reach.AREA:
            code = cleaned["wilayah"] or self.scope.programme.root_region_id
            return Where(reach=reach, area=Region.objects.get(code=code))
        if reach == Reach.LIST:
            codes = filter(None, _SEPARATORS.split(cleaned["tempat"].upper()))
            return Where(reach=reach, places=tuple(dict.fromkeys(codes)))
        spot = find_spot(cleaned["titik"], self.scope.programme.root_region_id)
        if spot is None and cleaned["titik"]:
            self.add_error(
                "titik",
                _("We do not know this point. Write a kelurahan, a code or coordinates."),
            )
        metres = None if cleaned["km"] is None else round(cleaned["km"] * _METRES)
        return Where(reach=reach, point=spot and spot.point, metres=metres)
