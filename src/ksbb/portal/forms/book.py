"""What an aggregator writes into its book: decisions on gifts, purchases, costs, losses."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.funds.actions.spend import Bill
from ksbb.funds.earmarks import Purpose
from ksbb.funds.models import Gift
from ksbb.portal.forms.answers import ScheduleForm
from ksbb.portal.forms.fields import QuantityField
from ksbb.portal.forms.terms import area_groups
from ksbb.programmes.scope import Scope
from ksbb.programmes.words import phase_name
from ksbb.proposals.offer import MAX_STOPS, Offer
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number, rupiah
from ksbb.shared.rupiah import parse_rupiah
from ksbb.web.forms.fields import offer_choices, reason_field


class RupiahField(forms.CharField):
    """Whole rupiah as people type them (`1,5 juta`); what was typed is kept."""

    def __init__(self, **options: Any) -> None:
        """Leave room for words; the action holds to the rest."""
        widget = forms.TextInput(attrs={"autocomplete": "off", "class": "short"})
        super().__init__(max_length=60, required=False, widget=widget, **options)

    def clean(self, value: Any) -> int:
        """Return the amount; the mistake is said in the words of `parse_rupiah`."""
        try:
            return parse_rupiah(super().clean(value))
        except DomainError as error:
            raise ValidationError(str(error)) from error


class ConfirmForm(forms.Form):
    """What arrived of a gift, how much of it is taken, and why if it is not as declared."""

    def __init__(self, data: Any, gift: Gift) -> None:
        """Ask for rupiah or for packages; begin with what was declared."""
        field = RupiahField if gift.is_money else QuantityField
        write = rupiah if gift.is_money else number
        super().__init__(data, initial={name: write(gift.declared) for name in ("tiba", "layak")})
        self.fields["tiba"] = field(label=_("How much arrived?"))
        if not gift.is_money:
            self.fields["layak"] = field(label=_("How many of them are fit for use?"))
        self.fields["alasan"] = forms.CharField(
            label=_("Why, if it is not as declared or not all is fit"),
            max_length=1000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )


class RefuseGiftForm(forms.Form):
    alasan = reason_field(
        gettext_lazy("Why is the gift refused?"),
        help_text=gettext_lazy("For example: it did not arrive. Its donor can read it."),
    )


class BuyForm(forms.Form):
    """A purchase: what, how many, at which price, from whom, and what for."""

    bantuan = forms.ChoiceField(label=gettext_lazy("Kind of aid"))
    jumlah = QuantityField(label=gettext_lazy("How many packages?"))
    harga = RupiahField(
        label=gettext_lazy("Price of one package"), help_text=gettext_lazy("In rupiah.")
    )
    pemasok = forms.CharField(
        label=gettext_lazy("Supplier"),
        max_length=160,
        error_messages={"required": gettext_lazy("Write the supplier.")},
    )
    faktur = forms.CharField(
        label=gettext_lazy("Number of the invoice"),
        max_length=80,
        error_messages={"required": gettext_lazy("Write the number of the invoice.")},
    )
    wilayah = forms.ChoiceField(
        label=gettext_lazy("Only for this area"),
        help_text=gettext_lazy("Then gifts earmarked for it may pay, and nothing goes elsewhere."),
        required=False,
    )
    sasaran = forms.ChoiceField(label=gettext_lazy("Only for this kind of place"), required=False)

    def __init__(self, data: Any, scope: Scope) -> None:
        """Offer the kinds of aid, the areas and the kinds of places of the programme."""
        super().__init__(data)
        self.scope = scope
        kinds = scope.programme.target_kinds.all()
        offer_choices(
            self, "sasaran", [("", _("anything")), *((str(one.pk), one.name) for one in kinds)]
        )
        offer_choices(self, "bantuan", [(one.slug, one.name) for one in scope.aid_types])
        offer_choices(self, "wilayah", area_groups(scope.programme.root_region))

    @property
    def bill(self) -> Bill:
        """The purchase, from a valid form."""
        given = self.cleaned_data
        return Bill(
            aid_type=next(one for one in self.scope.aid_types if one.slug == given["bantuan"]),
            quantity=given["jumlah"],
            unit_price=given["harga"],
            supplier=given["pemasok"],
            invoice=given["faktur"],
            purpose=Purpose(given["wilayah"] or None, int(given["sasaran"] or 0) or None),
        )


class CostForm(forms.Form):
    jumlah = RupiahField(label=gettext_lazy("How much?"), help_text=gettext_lazy("In rupiah."))
    keperluan = reason_field(
        gettext_lazy("What for?"), help_text=gettext_lazy("Everybody can read it.")
    )


class LoseForm(forms.Form):
    jumlah = QuantityField(label=gettext_lazy("How many packages?"))
    alasan = reason_field(
        gettext_lazy("How were they lost or spoiled?"),
        help_text=gettext_lazy("Everybody can read it."),
    )


class ShareOutForm(ScheduleForm):
    """Packages in stock for the places a proposal names, on a day."""

    def __init__(self, data: Any, scope: Scope) -> None:
        """Offer kinds of aid, the phases that still take commitments, and areas."""
        last = scope.programme.ends_on
        super().__init__(data, first=scope.today, last=last, initial={"tujuan": MAX_STOPS})
        self.scope = scope
        phases = [(str(one.number), phase_name(one)) for one in scope.coming_phases]
        self.fields["bantuan"] = forms.ChoiceField(
            label=_("Kind of aid"), choices=[(one.slug, one.name) for one in scope.aid_types]
        )
        self.fields["fase"] = forms.ChoiceField(label=_("Phase"), choices=phases)
        self.fields["jumlah"] = QuantityField(label=_("How many packages?"))
        self.fields["tujuan"] = QuantityField(label=_("To at most how many places?"))
        self.fields["wilayah"] = forms.ChoiceField(
            label=_("Area"), choices=area_groups(scope.programme.root_region), required=False
        )
        self.order_fields(["bantuan", "jumlah", "fase", "wilayah", "tujuan"])

    @property
    def offer(self) -> Offer:
        """What the proposal is asked for, from a valid form."""
        given = self.cleaned_data
        return Offer(
            aid_type=given["bantuan"],
            packages=given["jumlah"],
            phase=int(given["fase"]),
            region=given["wilayah"],
            max_stops=min(given["tujuan"], given["jumlah"]),
        )

    @property
    def day(self) -> date:
        """The day of delivery, from a valid form."""
        chosen: date = self.cleaned_data["tanggal"]
        return chosen
