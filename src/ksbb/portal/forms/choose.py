"""What somebody wants to give: to an area, or to one place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.portal.forms.fields import OptionalQuantityField, QuantityField
from ksbb.portal.scope import Scope
from ksbb.portal.words import phase_name
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.regions.queries import subtree
from ksbb.web.target_filter import UNKNOWN


class AreaForm(forms.Form):
    """Kind of aid, phase, area and quantity; the places are proposed."""

    bantuan = forms.ChoiceField(
        label=_("What do you want to give?"),
        widget=forms.RadioSelect,
        error_messages={**UNKNOWN, "required": _("Choose what you want to give.")},
    )
    fase = forms.ChoiceField(
        label=_("For which phase?"),
        widget=forms.RadioSelect,
        error_messages={**UNKNOWN, "required": _("Choose a phase.")},
    )
    wilayah = forms.ChoiceField(
        label=_("Where?"),
        help_text=_("The places there that miss most are proposed. You can change them."),
        required=False,
        error_messages=UNKNOWN,
    )
    jumlah = QuantityField(label=_("How many packages?"), help_text=_("For example 600."))

    tujuan = OptionalQuantityField(
        label=_("Stops at most (if it matters)"),
        help_text=_("At how many places you can unload."),
    )
    minimal = OptionalQuantityField(
        label=_("Packages at each stop at least (if it matters)"),
        help_text=_("So that no trip is made for a few packages."),
    )

    def __init__(self, data: Any, scope: Scope, **options: Any) -> None:
        """Offer what the programme takes now."""
        super().__init__(data, **options)
        choices = {
            "bantuan": [(kind.slug, kind.name) for kind in scope.aid_types],
            "fase": [(str(phase.number), phase_name(phase)) for phase in scope.coming_phases],
            "wilayah": _areas(scope.programme.root_region),
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered


class PlaceForm(forms.Form):
    """The quantity for one need."""

    jumlah = QuantityField(label=_("How many packages?"))


def _areas(root: Region) -> list[Any]:
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
