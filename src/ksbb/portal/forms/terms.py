"""On which terms somebody gives: what, how much, from where, how far, to how many places."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.needs.spots import Spot, find_spot
from ksbb.portal.forms.fields import KilometresField, OptionalQuantityField, QuantityField
from ksbb.portal.scope import Scope
from ksbb.portal.words import phase_name
from ksbb.programmes.models import AidType
from ksbb.proposals.offer import (
    FARTHEST_KM,
    LEAST_KM,
    MAX_STOPS,
    MOST_PACKAGES,
    MOST_STOPS,
    WITHIN_KM,
    Offer,
    OfferError,
)
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.regions.queries import subtree
from ksbb.shared.formats import number
from ksbb.web.forms.fields import UNKNOWN, offer_choices

FIELD_OF: Final = {
    "aid_type": "bantuan",
    "phase": "fase",
    "packages": "jumlah",
    "near": "dekat",
    "region": "wilayah",
    "within_km": "jauh",
    "max_stops": "tujuan",
    "min_per_stop": "minimal",
}
"""The field of the form for each field of an offer."""


class TermsForm(forms.Form):
    """Everything a proposal depends on; its answers stand in the address of the proposal."""

    bantuan = forms.ChoiceField(
        label=gettext_lazy("What do you want to give?"),
        widget=forms.RadioSelect,
        error_messages={**UNKNOWN, "required": gettext_lazy("Choose what you want to give.")},
    )
    fase = forms.ChoiceField(
        label=gettext_lazy("For which phase?"),
        widget=forms.RadioSelect,
        error_messages={**UNKNOWN, "required": gettext_lazy("Choose a phase.")},
    )
    jumlah = QuantityField(
        label=gettext_lazy("How many packages?"), help_text=gettext_lazy("For example 600.")
    )
    dekat = forms.CharField(
        label=gettext_lazy("From where do you set out? (optional)"),
        help_text=gettext_lazy("A kelurahan, a kecamatan, an RW or a code."),
        max_length=120,
        required=False,
    )
    jauh = KilometresField(
        label=gettext_lazy("How far do you go, in kilometres?"),
        help_text=gettext_lazy("In a straight line from there; 5 if you leave it empty."),
        least=LEAST_KM,
        most=FARTHEST_KM,
    )
    wilayah = forms.ChoiceField(
        label=gettext_lazy("Only in this area"), required=False, error_messages=UNKNOWN
    )
    tujuan = OptionalQuantityField(
        label=gettext_lazy("Stops at most"),
        help_text=gettext_lazy("At how many places you can unload; 5 if you leave it empty."),
    )
    minimal = OptionalQuantityField(
        label=gettext_lazy("Packages at each stop at least (optional)"),
        help_text=gettext_lazy("So that no trip is made for a few packages."),
    )

    def __init__(self, data: Any, scope: Scope, **options: Any) -> None:
        """Offer what the programme takes now."""
        super().__init__(data, **options)
        if not all(kind.is_package for kind in scope.aid_types):
            self.fields["jumlah"].label = _("How much of it?")
        self.root = scope.programme.root_region
        self.named = scope.named
        choices = {
            "bantuan": [(kind.slug, kind.name) for kind in scope.aid_types],
            "fase": [(str(phase.number), phase_name(phase)) for phase in scope.coming_phases],
            "wilayah": area_groups(self.root),
        }
        for name, offered in choices.items():
            offer_choices(self, name, offered)

    def clean_jumlah(self) -> int:
        """Hold to what one proposal can share out."""
        return self._at_most("jumlah", MOST_PACKAGES)

    def clean_tujuan(self) -> int:
        """Hold to what one proposal can say something about."""
        return self._at_most("tujuan", MOST_STOPS)

    def clean_dekat(self) -> Spot | None:
        """Return the point the text stands for."""
        typed = self.cleaned_data["dekat"].strip()
        spot = find_spot(typed, self.root.code) if typed else None
        if typed and spot is None:
            raise ValidationError(
                _(
                    "“%(typed)s” is not a place we know the point of. Write a kelurahan, a "
                    "kecamatan, a code, or a point such as -6.24,106.78."
                ),
                params={"typed": typed},
            )
        return spot

    def refuse(self, refusal: OfferError) -> None:
        """Say beside its field what an offer on these terms was refused for."""
        field = FIELD_OF.get(refusal.field)
        self.add_error(field if field in self.fields else None, str(refusal))

    @property
    def spot(self) -> Spot | None:
        """Where the giver sets out."""
        found: Spot | None = self.cleaned_data["dekat"]
        return found

    @property
    def tells_too_much(self) -> bool:
        """Tell whether a point was given more exactly than it is used and may be kept."""
        typed = str(self.data.get("dekat", "")).strip()
        return bool(self.spot and self.spot.is_point and typed != self.spot.text)

    @property
    def key(self) -> str:
        """Which lines of a package a proposal on these terms stands for."""
        return f"{self.cleaned_data['fase']}/{self.cleaned_data['bantuan']}"

    @property
    def offer(self) -> Offer:
        """The terms as an offer; what was left out is as usual."""
        given = self.cleaned_data
        return Offer(
            aid_type=given["bantuan"],
            phase=int(given["fase"]),
            packages=given["jumlah"],
            near=self.spot.point if self.spot else None,
            region=given["wilayah"],
            within_km=given["jauh"] or WITHIN_KM,
            max_stops=given["tujuan"] or min(MAX_STOPS, given["jumlah"]),
            min_per_stop=given["minimal"] or 1,
        )

    @property
    def answers(self) -> dict[str, str]:
        """What was chosen as it stands in an address: points rounded, nothing that is empty."""
        given = self.cleaned_data | {"dekat": self.spot.text if self.spot else ""}
        shown = {name: f"{value:g}" if name == "jauh" else value for name, value in given.items()}
        return {name: str(shown[name]) for name in self.fields if given[name]}

    def address(self, **changes: float) -> str:
        """Return the query string of these terms, with changes."""
        query = QueryDict(mutable=True)
        changed = {name: f"{value:.15g}" for name, value in changes.items()}
        query.update(self.answers | changed)
        if self.named:
            query["programme"] = self.named
        return query.urlencode()

    def _at_most(self, name: str, most: int) -> int:
        typed: int = self.cleaned_data[name]
        if typed > most:
            raise ValidationError(
                _("%(typed)s is too much for one proposal: at most %(most)s."),
                params={"typed": number(typed), "most": number(most)},
            )
        return typed


class PlaceForm(forms.Form):
    """The quantity for one need."""

    jumlah = QuantityField(label=gettext_lazy("How many packages?"))

    def __init__(self, data: Any, aid_type: AidType) -> None:
        """Ask in the unit of the aid."""
        super().__init__(data)
        if not aid_type.is_package:
            self.fields["jumlah"].label = _("How many %(unit)s?") % {
                "unit": aid_type.get_unit_display()
            }


def area_groups(root: Region) -> list[Any]:
    """Return the whole, then each city with its kecamatan as a group."""
    cities = subtree(root.code, level=Level.REGENCY)
    districts = list(subtree(root.code, level=Level.DISTRICT))
    groups = [
        (
            city.short_name,
            [
                (city.code, _("All of %(name)s") % {"name": city.short_name}),
                *((one.code, one.short_name) for one in districts if one.parent_id == city.code),
            ],
        )
        for city in cities
    ]
    return [("", _("All of %(name)s") % {"name": root.short_name}), *groups]
