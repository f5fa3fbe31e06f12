"""A bank's statement comes in, and its rows are answered."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.funds.actions.bank import LONGEST_NAME
from ksbb.funds.models import BankAccount, Gift
from ksbb.shared.formats import rupiah
from ksbb.web.forms.fields import file_field, reason_field

ENDINGS: Final = ("csv", "txt", "sta", "mt940", "940", "xlsx", "xls")


class StatementForm(forms.Form):
    """The file of a bank and the account it is of."""

    berkas = file_field(
        label=gettext_lazy("The bank's file"),
        help_text=gettext_lazy("CSV or MT940 as the bank exports it, at most 10 MB."),
        endings=ENDINGS,
        missing=gettext_lazy("Choose the file of the bank."),
        empty=gettext_lazy("The file is empty. Choose the file of the bank."),
    )
    rekening = forms.ChoiceField(label=gettext_lazy("Bank account"), required=False)
    nama = forms.CharField(
        label=gettext_lazy("Name of a new bank account"),
        help_text=gettext_lazy("For example BSI 4321: the bank and the last digits are enough."),
        max_length=LONGEST_NAME,
        required=False,
    )

    def __init__(self, data: Any, files: Any, accounts: list[BankAccount]) -> None:
        """Offer the accounts statements came in for; the first one has to be named."""
        super().__init__(data, files)
        field = self.fields["rekening"]
        if isinstance(field, forms.ChoiceField) and accounts:
            known = [(str(one.pk), one.name) for one in accounts]
            field.choices = [*known, ("", _("another one, named below"))]
            field.error_messages["invalid_choice"] = _("Choose one of your bank accounts.")
        else:
            del self.fields["rekening"]
        self.names = {str(one.pk): one.name for one in accounts}

    def clean(self) -> dict[str, Any]:
        """Ask for the name where no account was chosen."""
        given = super().clean() or self.cleaned_data
        if not given.get("rekening") and not given.get("nama") and "rekening" not in self.errors:
            self.add_error("nama", _("Say which bank account it is, for example BSI 4321."))
        return given

    @property
    def account(self) -> str:
        """The name of the account, from a valid form."""
        given = self.cleaned_data
        return self.names.get(given.get("rekening", ""), "") or str(given["nama"])


class MatchForm(forms.Form):
    """Which gift a row of the bank is, and why its amount is not as declared."""

    pemberian = forms.ChoiceField(
        label=gettext_lazy("Gift"),
        error_messages={
            "required": gettext_lazy("Choose the gift."),
            "invalid_choice": gettext_lazy("This gift cannot be chosen any more. Look again."),
        },
    )
    alasan = forms.CharField(
        label=gettext_lazy("Why, if the amount is not as declared"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any, gifts: list[Gift]) -> None:
        """Offer the gifts in the order given."""
        super().__init__(data, auto_id="cocok-%s")
        field = self.fields["pemberian"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(gift.pk), _in_words(gift)) for gift in gifts]


class SetApartForm(forms.Form):
    alasan = reason_field(
        gettext_lazy("What is it?"), help_text=gettext_lazy("For example interest.")
    )


def _in_words(gift: Gift) -> str:
    return f"{gift.code} · {gift.donor.name} · {rupiah(gift.declared)}"
