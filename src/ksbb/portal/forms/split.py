"""What an aggregator splits over many places, and the answers that make commitments of it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.commitments.actions.reserve import LineRequest
from ksbb.portal.scope import PROGRAMME
from ksbb.programmes.models import AidType, Phase
from ksbb.programmes.scope import Scope
from ksbb.programmes.words import phase_name
from ksbb.proposals.split import Line, Part, Terms
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number
from ksbb.web.forms.areas import area_choices
from ksbb.web.forms.fields import UNKNOWN, CountField
from ksbb.web.forms.schedule import ScheduleForm

LEAST: Final = 25
EARMARKS: Final = 3
PACKAGES: Final = "paket"
RUPIAH: Final = "rupiah"
MOST_RUPIAH: Final = 10**13
WIDE: Final = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
SALT: Final = "ksbb.split"
ALL: Final = "semua"
REST: Final = "sisanya"


class SplitForm(forms.Form):
    """A stock or a budget, what it is for, and parts of it that are tied to an area or a kind."""

    fase = forms.ChoiceField(
        label=gettext_lazy("For which phase?"),
        error_messages={**UNKNOWN, "required": gettext_lazy("Choose a phase.")},
    )
    bantuan = forms.ChoiceField(
        label=gettext_lazy("Kind of aid"),
        error_messages={**UNKNOWN, "required": gettext_lazy("Choose what is given.")},
    )
    satuan = forms.ChoiceField(
        label=gettext_lazy("What do you split?"),
        choices=[
            (PACKAGES, gettext_lazy("packages in stock")),
            (RUPIAH, gettext_lazy("a budget in rupiah")),
        ],
        widget=forms.RadioSelect,
        error_messages={**UNKNOWN, "required": gettext_lazy("Say what you split.")},
    )
    jumlah = CountField(
        label=gettext_lazy("How many in all?"), required=True, most=MOST_RUPIAH, widget=WIDE
    )
    harga = CountField(
        label=gettext_lazy("Price of a package in rupiah"),
        help_text=gettext_lazy("Only for a budget."),
    )
    wilayah = forms.ChoiceField(
        label=gettext_lazy("Where?"), required=False, error_messages=UNKNOWN
    )
    jenis = forms.ChoiceField(
        label=gettext_lazy("For which kind of place?"), required=False, error_messages=UNKNOWN
    )
    minimal = CountField(
        label=gettext_lazy("At least per place"),
        help_text=gettext_lazy("So that no trip is made for a few packages; empty: no rule."),
    )

    def __init__(self, data: Any, scope: Scope) -> None:
        """Read the query of an address; without one the form is empty."""
        phase, kind = scope.phase, scope.main_aid_type
        first = {
            "fase": str(phase.number) if phase else "",
            "bantuan": kind.slug if kind else "",
            "satuan": PACKAGES,
            "minimal": str(LEAST),
        }
        # An address that only names the programme has not answered anything yet.
        super().__init__(data if set(data) - {PROGRAMME} else None, initial=first)
        self.scope = scope
        areas = area_choices(scope.programme.root_region)
        kinds = [("", _("all kinds"))]
        kinds += [(one.slug, one.name) for one in scope.programme.target_kinds.all()]
        for at in range(1, EARMARKS + 1):
            self.fields[f"jumlah-{at}"] = CountField(
                label=_("Of these"), most=MOST_RUPIAH, widget=WIDE
            )
            self.fields[f"wilayah-{at}"] = forms.ChoiceField(
                label=_("only for"), required=False, error_messages=UNKNOWN
            )
            self.fields[f"jenis-{at}"] = forms.ChoiceField(
                label=_("and only for"), required=False, error_messages=UNKNOWN
            )
        choices: dict[str, list[Any]] = {
            "fase": [(str(one.number), phase_name(one)) for one in scope.coming_phases],
            "bantuan": [(one.slug, one.name) for one in scope.aid_types],
        }
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField) and name != "satuan":
                stem = name.partition("-")[0]
                field.choices = choices.get(stem) or (areas if stem == "wilayah" else kinds)

    @property
    def earmarks(self) -> list[list[forms.BoundField]]:
        """The fields of the parts that are tied, part by part."""
        names = ("jumlah", "wilayah", "jenis")
        return [[self[f"{name}-{at}"] for name in names] for at in range(1, EARMARKS + 1)]

    @property
    def main(self) -> list[forms.BoundField]:
        """All other fields."""
        return [field for field in self if "-" not in field.name]

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

    @property
    def terms(self) -> Terms:
        """What a valid form asks to be split."""
        typed = self.cleaned_data
        tied = self._tied(typed)
        free = typed["jumlah"] - sum(part.amount for part in tied)
        parts = [Part(free, typed["wilayah"], typed["jenis"]), *tied]
        return Terms(
            parts=tuple(part for part in parts if part.amount),
            least=max(typed["minimal"], 1),
            price=typed["harga"] if typed["satuan"] == RUPIAH else 0,
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the price of a budget, and that the tied parts are parts."""
        typed: dict[str, Any] = super().clean() or {}
        if self.errors:
            return typed
        if not typed["jumlah"]:
            self.add_error("jumlah", _("Enter a quantity, for example 600."))
            return typed
        if typed["satuan"] == RUPIAH and not typed["harga"]:
            self.add_error("harga", _("Write what a package costs."))
        tied = sum(part.amount for part in self._tied(typed))
        if tied > typed["jumlah"]:
            self.add_error(
                "jumlah-1",
                _("The tied parts make %(tied)s, more than the %(all)s there are in all.")
                % {"tied": number(tied), "all": number(typed["jumlah"])},
            )
        return typed

    def _tied(self, typed: dict[str, Any]) -> list[Part]:
        parts = [
            Part(*(typed[f"{name}-{at}"] for name in ("jumlah", "wilayah", "jenis")))
            for at in range(1, EARMARKS + 1)
        ]
        return [part for part in parts if part.amount]


class SendForm(ScheduleForm):
    """The day, the statement, and what happens to lines that somebody else took meanwhile."""

    cara = forms.ChoiceField(
        label=gettext_lazy("If somebody gives to one of these places meanwhile"),
        choices=[
            (REST, gettext_lazy("keep the other lines, and propose anew for the rest")),
            (ALL, gettext_lazy("commit nothing, and propose anew for everything")),
        ],
        initial=REST,
        widget=forms.RadioSelect,
        error_messages={**UNKNOWN, "required": gettext_lazy("Choose one of these.")},
    )
    setuju = forms.BooleanField(
        label=gettext_lazy("I have read the rules on goods, I agree, and I will keep to them"),
        error_messages={
            "required": gettext_lazy("Agree to the statement, or the commitment cannot be sent.")
        },
    )

    def __init__(self, data: Any, **options: Any) -> None:
        """Ask for the day as a plan: nobody has agreed to it yet."""
        super().__init__(data, **options)
        self.fields["tanggal"].label = _("On which day do you plan to bring it?")


class ProposalLostError(DomainError):
    """The lines of a proposal did not come back as they were shown."""


def sealed(lines: tuple[Line, ...], giver: int) -> str:
    """Return the lines of a proposal so that only we can write them."""
    pairs = [(line.place.need, line.quantity) for line in lines]
    return signing.dumps([giver, pairs], salt=SALT, compress=True)


def opened(text: str, giver: int) -> list[LineRequest]:
    """Return the lines that were shown to this giver. Raises ProposalLostError."""
    try:
        whose, pairs = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        whose, pairs = None, []
    if whose != giver:
        raise ProposalLostError(
            _("This proposal did not come back as we showed it. Look at the new one, then send.")
        )
    return [LineRequest(*pair) for pair in pairs]
