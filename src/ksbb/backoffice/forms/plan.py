"""What a plan of the working group is made for, and by which rule."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ksbb.collaborators.models import Collaborator
from ksbb.collaborators.queries import verified
from ksbb.plans.reckoning import LEAST, SHARE, SHARES, Terms
from ksbb.programmes.models import AidType, Phase
from ksbb.programmes.scope import Scope
from ksbb.programmes.words import phase_name
from ksbb.web.forms.fields import UNKNOWN, CountField, offer_choices
from ksbb.web.forms.offer import OfferForm

NEXT: Final = 500


class PlanForm(forms.Form):
    """Phase, aid type and the rule of visits; everything has a value when nothing is asked."""

    fase = forms.ChoiceField(label=_("Phase"), required=False, error_messages=UNKNOWN)
    bantuan = forms.ChoiceField(label=_("Kind of aid"), required=False, error_messages=UNKNOWN)
    porsi = forms.ChoiceField(
        label=_("Share of the families a visit reaches"),
        choices=[(str(share), f"{share}%") for share in SHARES],
        required=False,
        error_messages=UNKNOWN,
    )
    minimal = CountField(label=_("Packages per visit at least"))
    berikutnya = CountField(
        label=_("And where would the next … go?"),
        help_text=_("Packages nobody has offered yet, without any wish."),
    )
    keadaan = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, scope: Scope) -> None:
        """Read the query of an address, or a form that was sent; nothing typed is a plan too."""
        phase, kind = scope.phase, scope.main_aid_type
        first = {
            "fase": str(phase.number) if phase else "",
            "bantuan": kind.slug if kind else "",
            "porsi": str(SHARE),
            "minimal": str(LEAST),
            "berikutnya": str(NEXT),
        }
        super().__init__(first | {name: data[name] for name in (*first, "keadaan") if name in data})
        self.scope = scope
        choices = {
            "fase": [(str(one.number), phase_name(one)) for one in scope.phases],
            "bantuan": [(one.slug, one.name) for one in scope.aid_types],
        }
        for name, offered in choices.items():
            offer_choices(self, name, offered)

    def clean(self) -> dict[str, Any] | None:
        """Refuse a programme that has nothing to plan for yet."""
        if not (self.scope.phases and self.scope.aid_types):
            raise ValidationError(
                _("This programme lacks a phase or a kind of aid. Add them first, then plan.")
            )
        return super().clean()

    @property
    def phase(self) -> Phase:
        """The chosen phase of a valid form; that of today where none was named."""
        number = self.cleaned_data["fase"]
        chosen = next((one for one in self.scope.phases if str(one.number) == number), None)
        return chosen or self.scope.phases[0]

    @property
    def aid_type(self) -> AidType:
        """The chosen aid type of a valid form; the first where none was named."""
        slug = self.cleaned_data["bantuan"]
        chosen = next((one for one in self.scope.aid_types if one.slug == slug), None)
        return chosen or self.scope.aid_types[0]

    @property
    def terms(self) -> Terms:
        """The rule of a valid form; the seed of the draw is the day."""
        return Terms(
            share=int(self.cleaned_data["porsi"] or SHARE),
            least=max(self.cleaned_data["minimal"], 1),
            seed=int(self.scope.today.strftime("%Y%m%d")),
        )


class OfferOfForm(OfferForm):
    """An offer that the working group writes down for a giver who told it so."""

    kolaborator = forms.ModelChoiceField(
        label=_("Giver"),
        queryset=Collaborator.objects.none(),
        to_field_name="slug",
        error_messages={
            "required": _("Choose the giver."),
            "invalid_choice": _("This giver is not in the list. Choose again."),
        },
    )

    field_order = ("kolaborator",)

    def __init__(self, data: Any, scope: Scope, **options: Any) -> None:
        """Offer verified collaborators."""
        super().__init__(data, scope, **options)
        giver = self.fields["kolaborator"]
        if isinstance(giver, forms.ModelChoiceField):
            giver.queryset = verified()
