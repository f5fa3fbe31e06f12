from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ksbb.shared.errors import DomainError
from ksbb.shared.formats import parse_quantity


class QuantityField(forms.CharField):
    """A whole number above 0 as people type it (`600`, `1.000`); what was typed is kept."""

    def __init__(self, **options: Any) -> None:
        """Ask phones for the keyboard of digits, without the arrows of a number field."""
        widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}
        )
        super().__init__(max_length=40, required=False, widget=widget, **options)

    def clean(self, value: Any) -> int:
        """Return the quantity; the mistake is said in the words of `parse_quantity`."""
        try:
            return parse_quantity(super().clean(value))
        except DomainError as error:
            raise ValidationError(str(error)) from error


class OptionalQuantityField(QuantityField):
    """A quantity that may be left out; then it is 0 and means that it does not matter."""

    def clean(self, value: Any) -> int:
        """Return 0 for an empty field, else what `QuantityField` returns."""
        return super().clean(value) if str(value or "").strip() else 0
