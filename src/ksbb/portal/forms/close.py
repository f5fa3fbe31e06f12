"""A period of the book is looked at, and closed beside what the bank says."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ksbb.funds.statements.amounts import read_sen
from ksbb.shared.clock import FIRST_YEAR, LAST_YEAR
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import day
from ksbb.web.forms.fields import DayField


class SenField(forms.CharField):
    """An amount that may have sen, as a bank writes it; what was typed is kept."""

    def __init__(self, **options: Any) -> None:
        """Ask for what is written on the statement."""
        widget = forms.TextInput(attrs={"autocomplete": "off", "class": "short"})
        super().__init__(max_length=60, widget=widget, **options)

    def clean(self, value: Any) -> int:
        """Return sen, 0 included; the mistake is said in the words of `read_sen`."""
        try:
            return read_sen(super().clean(value))
        except DomainError as error:
            raise ValidationError(str(error)) from error


class LastDayForm(forms.Form):
    """Up to which day the period goes."""

    sampai = DayField(
        label=_("Last day of the period"),
        error_messages={
            "invalid": _("Write the day like 30/04/2020."),
            "required": _("Write the day like 30/04/2020."),
        },
    )


class CloseForm(LastDayForm):
    """The last day, what the bank says then, and why the book says otherwise."""

    saldo = SenField(
        label=_("Balance of the bank accounts at the end of that day"),
        error_messages={"required": _("Write what stood in the bank accounts, 0 if nothing.")},
    )
    alasan = forms.CharField(
        label=_("Explanation, if book and bank differ"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, last: date, bank: str = "") -> None:
        """Begin with the day that is shown, and the balance a statement says."""
        initial = {"sampai": last, "saldo": bank}
        super().__init__(data, initial=initial, auto_id="tutup-%s")
        self.fields["sampai"].widget = forms.HiddenInput()


class SpanForm(LastDayForm):
    """The first and the last day of a statement."""

    dari = DayField(
        label=_("First day"),
        error_messages={
            "invalid": _("Write the day like 30/04/2020."),
            "required": _("Write the day like 30/04/2020."),
        },
    )
    field_order = ("dari", "sampai")

    def __init__(self, data: Any, *, today: date) -> None:
        """Take days up to `today`."""
        super().__init__(data)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins, or lies where no book or calendar reaches."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("dari"), given.get("sampai")
        if first and last and first > last:
            self.add_error("sampai", _("The last day lies before the first."))
        if any(one and not FIRST_YEAR <= one.year <= LAST_YEAR for one in (first, last)):
            self.add_error("dari", _("Write the day like 30/04/2020."))
        elif last and last > self.today:
            said = _(
                "This day is still to come, and nothing is on the book for it. "
                "Choose %(day)s at the latest."
            )
            self.add_error("sampai", said % {"day": day(self.today)})
        return given
