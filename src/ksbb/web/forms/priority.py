"""What a simulation of the priority rule is asked: how many packages of what, in which phase."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.priority.reading import MOST_PACKAGES, seed_of
from ksbb.programmes.models import AidType, Phase
from ksbb.programmes.scope import Scope
from ksbb.programmes.words import phase_name
from ksbb.web.forms.fields import UNKNOWN, CountField, offer_choices

USUAL = 1000


class SimulationForm(forms.Form):
    bantuan = forms.ChoiceField(label=_("Kind of aid"), error_messages=UNKNOWN)
    fase = forms.ChoiceField(label=_("Phase"), error_messages=UNKNOWN)
    jumlah = CountField(label=_("The next packages"), required=True, most=MOST_PACKAGES)
    benih = forms.IntegerField(
        label=_("Seed of the draw"),
        required=False,
        min_value=0,
        max_value=2**53,
        help_text=_("Decides only between places that are exactly equal."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={"invalid": _("Write a whole number.")},
    )

    def __init__(self, data: Any, scope: Scope) -> None:
        """Fill what is left out with today's phase and the programme's main aid."""
        self.phases = {str(one.number): one for one in scope.phases}
        self.aid_types = {one.slug: one for one in scope.aid_types}
        usual = {
            "bantuan": scope.main_aid_type.slug if scope.main_aid_type else "",
            "fase": str(scope.phase.number) if scope.phase else "",
            "jumlah": str(USUAL),
        }
        typed = {name: value for name, value in data.items() if str(value).strip()}
        super().__init__(usual | typed)
        offer_choices(self, "fase", [(key, phase_name(one)) for key, one in self.phases.items()])
        offer_choices(self, "bantuan", [(key, one.name) for key, one in self.aid_types.items()])

    @property
    def phase(self) -> Phase:
        """The chosen phase, from a valid form."""
        return self.phases[self.cleaned_data["fase"]]

    @property
    def aid_type(self) -> AidType:
        """The chosen kind of aid, from a valid form."""
        return self.aid_types[self.cleaned_data["bantuan"]]

    @property
    def seed(self) -> int:
        """The chosen seed, else that of the phase, from a valid form."""
        chosen = self.cleaned_data["benih"]
        return seed_of(self.phase) if chosen is None else int(chosen)
