"""A bank's statement comes in, and its rows are answered."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.funds.actions.bank import LONGEST_NAME
from ksbb.funds.models import BankAccount, Gift
from ksbb.portal.forms.book import RupiahField
from ksbb.shared.formats import rupiah
from ksbb.web.forms.fields import file_field, offer_choices, reason_field

LINES: Final = range(1, 7)
"""So many gifts one transfer can be split over."""

FEWEST: Final = 2
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
        offer_choices(self, "pemberian", [(str(gift.pk), _in_words(gift)) for gift in gifts])


class PartField(RupiahField):
    """Whole rupiah, or nothing: 0."""

    def clean(self, value: Any) -> int:
        """Return the amount, 0 where nothing was typed."""
        return super().clean(value) if str(value or "").strip() else 0


class SplitForm(forms.Form):
    """Which gifts a row of the bank is together, and the part of each."""

    def __init__(self, data: Any, gifts: list[Gift]) -> None:
        """Offer every gift in each line; a line may stay empty."""
        super().__init__(data, auto_id="bagi-%s")
        offered = [("", "–"), *((str(gift.pk), _in_words(gift)) for gift in gifts)]
        for line in LINES:
            self.fields[f"pemberian{line}"] = forms.ChoiceField(
                label=_("Gift %(line)s") % {"line": line},
                choices=offered,
                required=False,
                error_messages={
                    "invalid_choice": _("This gift cannot be chosen any more. Look again.")
                },
            )
            self.fields[f"bagian{line}"] = PartField(
                label=_("Part of gift %(line)s") % {"line": line}
            )
        self.fields["alasan"] = forms.CharField(
            label=_("Why, if a part is not as declared"),
            max_length=1000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of each line, for no gift twice, and for two at least."""
        given = super().clean() or self.cleaned_data
        chosen: set[str] = set()
        for line in LINES:
            gift, part = given.get(f"pemberian{line}"), given.get(f"bagian{line}")
            if gift and part == 0:
                self.add_error(f"bagian{line}", _("Write how much of the row is this gift."))
            if part and gift == "":
                self.add_error(f"pemberian{line}", _("Choose the gift."))
            if gift and gift in chosen:
                self.add_error(f"pemberian{line}", _("This gift is chosen above already."))
            chosen |= {gift} if gift else set()
        if len(chosen) < FEWEST and not self.errors:
            self.add_error("pemberian2", _("Choose at least two gifts."))
        return given

    @property
    def parts(self) -> dict[int, int]:
        """The rupiah of each gift by its key, from a valid form."""
        given = self.cleaned_data
        return {
            int(given[f"pemberian{line}"]): given[f"bagian{line}"]
            for line in LINES
            if given[f"pemberian{line}"]
        }


class TakeBackForm(forms.Form):
    """Why an answer to a row of the bank is taken back."""

    alasan = reason_field(
        gettext_lazy("Why is the answer taken back?"),
        help_text=gettext_lazy("It stays on record beside the answer."),
    )


class SetApartForm(forms.Form):
    alasan = reason_field(
        gettext_lazy("What is it?"), help_text=gettext_lazy("For example interest.")
    )


def _in_words(gift: Gift) -> str:
    return f"{gift.code} · {gift.donor.name} · {rupiah(gift.declared)}"
