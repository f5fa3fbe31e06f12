"""Fields the forms of people with an account are put together from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ksbb.shared.errors import DomainError
from ksbb.shared.formats import LARGEST_QUANTITY, parse_quantity
from ksbb.web.pictures import ACCEPT, drawn_anew

PHONE: Final = RegexValidator(
    r"^\+?[0-9][0-9 ()./-]{6,18}$",
    _("Write the phone number in digits, for example 0812 3456 7890."),
)

DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
"""How browsers send a day and people write it."""

SELECTED: Final = SafeString(" selected")

UNKNOWN: Final = {
    # An address can hold a value of any length; so much of it is said again.
    "invalid_choice": _("“%(value).40s” is not in this list. Choose again.")
}

DAY_MISTAKES: Final = {
    "required": _("Choose a day."),
    "invalid": _("Write the day like 22/05/2020."),
}


class DayField(forms.DateField):
    """A day, chosen or written."""

    def __init__(self, **options: Any) -> None:
        """Let browsers offer their calendar."""
        defaults: dict[str, Any] = {
            "input_formats": DAYS,
            "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        mistakes = DAY_MISTAKES | options.pop("error_messages", {})
        super().__init__(**defaults | options, error_messages=mistakes)


class CountField(forms.CharField):
    """A whole number, 0 included, as people type it (`600`, `1.000`); what was typed is kept."""

    def __init__(self, *, most: int = LARGEST_QUANTITY, **options: Any) -> None:
        """Ask phones for the keyboard of digits; a field left empty counts as nothing."""
        self.most = most
        attributes = {"inputmode": "numeric", "autocomplete": "off", "class": "short"}
        defaults: dict[str, Any] = {
            "max_length": 40,
            "required": False,
            "widget": forms.TextInput(attrs=attributes),
            "error_messages": {"required": _("Enter a quantity, for example 600.")},
        }
        super().__init__(**defaults | options)

    def clean(self, value: Any) -> int:
        """Return the count; the mistake is said in the words of `parse_quantity`."""
        typed = super().clean(value)
        if typed == "" or set(typed) == {"0"}:
            return 0
        try:
            return parse_quantity(typed, most=self.most)
        except DomainError as error:
            raise ValidationError(str(error)) from error


class PictureField(forms.FileField):
    """A picture as JPEG without metadata; b"" where none was sent."""

    def __init__(self, **options: Any) -> None:
        """Let phones offer their camera and pictures."""
        defaults: dict[str, Any] = {
            "max_length": 200,
            "required": False,
            "widget": forms.FileInput(attrs={"accept": ACCEPT}),
            "error_messages": {
                "empty": _("The picture is empty. Choose it again."),
                "invalid": _("The picture did not arrive. Choose it again."),
                "max_length": _("The name of the file is too long. Give it a shorter one."),
            },
        }
        super().__init__(**defaults | options)

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """Return the picture drawn anew; the mistake is said in the words of `drawn_anew`."""
        file = super().clean(data, initial)
        if not file:
            return b""
        try:
            return drawn_anew(file, file.size)
        except DomainError as error:
            raise ValidationError(str(error)) from error


class LongSelect(forms.Select):
    """A choice among a hundred areas; a template for each of them takes as long as all else."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return what `Select` does where options are neither grouped nor disabled."""
        del renderer
        chosen = self.format_value(value)
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                (code, SELECTED if str(code) in chosen else "", label)
                for code, label in self.choices
            ),
        )
        about = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(about), options)


def reason_field(label: str | Any, *, max_length: int = 1000, help_text: str | Any = "") -> Any:
    """Return the field in which somebody says why; nobody may leave it empty."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )


def phone_field(*, label: Any, autocomplete: str = "tel", **options: Any) -> Any:
    """Return the field for a phone number, however it is spaced; `autocomplete` says whose."""
    return forms.CharField(
        label=label,
        max_length=20,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": autocomplete}),
        **options,
    )


def file_field(
    *, label: Any, help_text: Any, endings: tuple[str, ...], missing: Any, empty: Any
) -> Any:
    """Return the field for a file with rows; `missing` is said where none arrived."""
    return forms.FileField(
        label=label,
        help_text=help_text,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in endings)}),
        error_messages={
            "required": missing,
            "invalid": missing,
            "empty": empty,
            "max_length": _("The name of the file is too long. Give it a shorter one."),
        },
    )


def offer_choices(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of a form offer choices that are known only now."""
    field: Any = form.fields[name]
    field.choices = choices
