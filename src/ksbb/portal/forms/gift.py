"""Giving money or goods to an aggregator: who, to whom, how much, what for."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.collaborators.models import Collaborator
from ksbb.funds.actions.declare import Wish
from ksbb.funds.enums import GiftKind
from ksbb.portal.forms.answers import GiverForm
from ksbb.portal.forms.terms import area_groups
from ksbb.portal.words import phase_name
from ksbb.programmes.scope import Scope
from ksbb.regions.models import Region
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import parse_quantity
from ksbb.shared.rupiah import parse_rupiah
from ksbb.web.forms.fields import PictureField, offer_choices

ANY: Final = gettext_lazy("anything")
FIRST: Final = (
    *("agregator", "bentuk", "jumlah", "fase"),
    *("bantuan", "wilayah", "sasaran", "keterangan", "bukti"),
)


def amount_widget() -> forms.TextInput:
    """Return a field for an amount, wide enough for words such as "1,5 juta"."""
    return forms.TextInput(attrs={"autocomplete": "off", "class": "short"})


class GiftForm(GiverForm):
    """A gift and its giver, on one page; the contact of a new giver stays restricted."""

    agregator = forms.ModelChoiceField(
        label=gettext_lazy("To which aggregator?"),
        queryset=Collaborator.objects.none(),
        to_field_name="slug",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose an aggregator."),
            "invalid_choice": gettext_lazy("This aggregator takes no gifts now. Choose another."),
        },
    )
    bentuk = forms.ChoiceField(
        label=gettext_lazy("What do you give?"),
        choices=GiftKind.choices,
        widget=forms.RadioSelect,
        initial=GiftKind.MONEY,
        error_messages={"required": gettext_lazy("Choose money or goods.")},
    )
    jumlah = forms.CharField(
        label=gettext_lazy("How much?"),
        help_text=gettext_lazy(
            "Money in rupiah, for example 500,000 or 1.5 million. Goods in packages."
        ),
        max_length=60,
        widget=amount_widget(),
        error_messages={"required": gettext_lazy("Write how much you give.")},
    )
    bantuan = forms.ChoiceField(
        label=gettext_lazy("For which kind of aid?"),
        help_text=gettext_lazy("Goods: what the packages are. Money: leave it open, if you can."),
        required=False,
    )
    wilayah = forms.ChoiceField(
        label=gettext_lazy("For which area?"),
        help_text=gettext_lazy("Money for anything helps fastest where most is missing."),
        required=False,
    )
    sasaran = forms.ChoiceField(label=gettext_lazy("For which kind of place?"), required=False)
    fase = forms.ChoiceField(
        label=gettext_lazy("For which phase?"),
        help_text=gettext_lazy("The report names your gift under this phase."),
        required=False,
    )
    keterangan = forms.CharField(
        label=gettext_lazy("How can the aggregator find your transfer? (if any)"),
        help_text=gettext_lazy("For example the remark on it. No account numbers."),
        max_length=80,
        required=False,
    )
    bukti = PictureField(
        label=gettext_lazy("Picture of the transfer (if any)"),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, at most 8 MB. Seen by you and the aggregator only; where and with "
            "what it was taken is removed. After a mistake, choose it again."
        ),
    )

    def __init__(self, data: Any, known: list[Collaborator], scope: Scope, **options: Any) -> None:
        """Offer the kinds of aid and of places, the areas, and the phases that are not over."""
        super().__init__(data, known, **options)
        self.scope = scope
        offer_choices(
            self, "bantuan", [("", ANY), *((one.slug, one.name) for one in scope.aid_types)]
        )
        offer_choices(self, "wilayah", area_groups(scope.programme.root_region))
        self.kinds = {one.slug: one for one in scope.programme.target_kinds.all()}
        offer_choices(
            self, "sasaran", [("", ANY), *((slug, one.name) for slug, one in self.kinds.items())]
        )
        self.phases = {str(one.number): one for one in scope.coming_phases}
        offer_choices(
            self, "fase", [(number, phase_name(one)) for number, one in self.phases.items()]
        )
        if scope.phase:
            self.fields["fase"].initial = str(scope.phase.number)
        self.order_fields(FIRST)

    def take_from(self, aggregators: list[Collaborator]) -> None:
        """Offer these aggregators and no others."""
        field = self.fields["agregator"]
        if isinstance(field, forms.ModelChoiceField):
            keys = [one.pk for one in aggregators]
            field.queryset = Collaborator.objects.filter(pk__in=keys).order_by("name")

    def clean(self) -> dict[str, Any]:
        """Read the amount as what it is of, and ask which goods they are."""
        given = super().clean()
        if "bentuk" not in given:
            # How an amount is read depends on what it is of.
            return given
        is_money = given["bentuk"] == GiftKind.MONEY
        if "jumlah" in given:
            try:
                read = parse_rupiah if is_money else parse_quantity
                given["jumlah"] = read(given["jumlah"])
            except DomainError as error:
                self.add_error("jumlah", str(error))
        if not is_money and not given.get("bantuan") and "bantuan" not in self.errors:
            self.add_error("bantuan", _("Say which kind of aid the packages are."))
        return given

    @property
    def wish(self) -> Wish:
        """The gift itself, from a valid form."""
        given = self.cleaned_data
        kinds = {one.slug: one for one in self.scope.aid_types}
        return Wish(
            kind=given["bentuk"],
            quantity=given["jumlah"],
            aid_type=kinds.get(given["bantuan"]),
            area=Region.objects.filter(pk=given["wilayah"]).first(),
            target_kind=self.kinds.get(given["sasaran"]),
            phase=self.phases.get(given["fase"]),
            is_anonymous=given["anonim"],
            reference=given["keterangan"],
        )
