from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.needs.models import Need
from ksbb.shared.formats import number
from ksbb.web.forms.fields import CountField, reason_field


class NeedForm(forms.Form):
    """The new quantity of a need and why it changes."""

    jumlah = CountField(label=gettext_lazy("New quantity"), required=True)
    alasan = reason_field(
        gettext_lazy("Why does the need change?"),
        max_length=200,
        help_text=gettext_lazy("For example: counted again by the kelurahan, with the date."),
    )

    def __init__(self, data: Any, need: Need) -> None:
        """Begin with the quantity that stands; nothing below what is committed."""
        super().__init__(data, initial={"jumlah": number(need.quantity)})
        self.need = need
        self.fields["jumlah"].help_text = _("At least %(least)s: that much is committed.") % {
            "least": number(need.committed)
        }

    def clean_jumlah(self) -> int:
        """Refuse what is no change, and what would take a promise its place."""
        quantity: int = self.cleaned_data["jumlah"]
        if quantity == self.need.quantity:
            raise forms.ValidationError(_("This is the quantity that stands already."))
        if quantity < self.need.committed:
            raise forms.ValidationError(
                _("%(committed)s are already committed. Cancel commitments first.")
                % {"committed": number(self.need.committed)}
            )
        return quantity
