from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.formats import decimal, parse_quantity


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


_KILOMETRES: Final = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,3}))?(?: ?km)?", re.ASCII)


class KilometresField(forms.CharField):
    """A distance as people type it (`5`, `2,5`, `2.5 km`); left empty it is 0.0."""

    def __init__(self, *, least: float, most: float, **options: Any) -> None:
        """Take distances from `least` to `most` kilometres."""
        self.least, self.most = least, most
        attributes = {"inputmode": "decimal", "autocomplete": "off", "class": "short"}
        super().__init__(
            max_length=40, required=False, widget=forms.TextInput(attrs=attributes), **options
        )

    def clean(self, value: Any) -> float:
        """Return kilometres, or say how to write them."""
        typed = super().clean(value).strip()
        if not typed:
            return 0.0
        found = _KILOMETRES.fullmatch(typed)
        kilometres = float(f"{found[1]}.{found[2] or 0}") if found else 0.0
        if not self.least <= kilometres <= self.most:
            raise ValidationError(
                _(
                    "“%(typed)s” is no distance. Write kilometres from %(least)s to %(most)s, such "
                    "as %(example)s."
                ),
                params={
                    "typed": quoted(typed),
                    "least": decimal(self.least),
                    "most": decimal(self.most),
                    "example": decimal(2.5),
                },
            )
        return kilometres
