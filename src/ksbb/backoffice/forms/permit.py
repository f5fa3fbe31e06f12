"""What stands on the permit of an aggregator, and why it is suspended or restored."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.collaborators.actions.permit import PermitPaper
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.web.forms.fields import DayField, offer_choices, reason_field


class PermitForm(forms.Form):
    nomor = forms.CharField(
        label=_("Permit number"),
        max_length=80,
        error_messages={"required": _("Write the number of the permit.")},
    )
    penerbit = forms.CharField(
        label=_("Issued by"),
        max_length=160,
        error_messages={"required": _("Write who issued the permit.")},
    )
    wilayah = forms.ChoiceField(label=_("Where may it collect?"), required=False)
    sampai = DayField(
        label=_("Valid until"),
    )

    def __init__(self, data: Any = None) -> None:
        """Offer all of Indonesia and the provinces and cities that are known."""
        super().__init__(data)
        known = Region.objects.filter(level__in=(Level.PROVINCE, Level.REGENCY)).order_by("code")
        everywhere = ("", _("All of Indonesia"))
        offer_choices(self, "wilayah", [everywhere, *((one.pk, one.name) for one in known)])

    @property
    def paper(self) -> PermitPaper:
        """The permit, from a valid form."""
        given = self.cleaned_data
        return PermitPaper(
            number=given["nomor"],
            issuer=given["penerbit"],
            region=given["wilayah"],
            valid_until=given["sampai"],
        )


class SuspensionForm(forms.Form):
    alasan = reason_field(_("Why?"), help_text=_("Why it is suspended can be read by everybody."))
