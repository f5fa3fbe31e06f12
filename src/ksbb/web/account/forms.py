"""What the pages of the account ask."""

from __future__ import annotations

from typing import Any, Final

from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What the libraries raise over a passkey that no browser has sent like this.
BROKEN: Final = (ValueError, TypeError, KeyError, AttributeError, InvalidSignature)


class EmailForm(forms.Form):
    """The address a code is sent to."""

    surel = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy("We send a code of six digits there. No password is needed."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("Write the e-mail address like nama@contoh.id."),
        },
    )


class CodeForm(forms.Form):
    """The six digits that were sent."""

    kode = forms.CharField(
        label=gettext_lazy("Code of six digits"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "short"}
        ),
        error_messages={"required": gettext_lazy("Type the six digits from the e-mail.")},
    )


class AppCodeForm(forms.Form):
    """What an authenticator app shows, or one of the recovery codes."""

    kode = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "short"}
        ),
        error_messages={"required": gettext_lazy("Type the code the app shows.")},
    )


class CredentialField(forms.JSONField):
    """What a browser says for a passkey; anything JSON cannot hold is no passkey."""

    def __init__(self) -> None:
        """Stand in the page unseen: a script fills it in."""
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        """Return the parsed text, also where Python's own parser gives up on it."""
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(_("The passkey could not be read. Try again.")) from error


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """A passkey that opens the account alone, and the name its owner knows it by."""

    name = forms.CharField(
        label=gettext_lazy("Name of this passkey"),
        help_text=gettext_lazy("For example: my phone."),
        max_length=60,
        required=False,
    )
    credential = CredentialField()
    passwordless = None

    def clean(self) -> dict[str, Any]:
        """Take only what a browser has made for this page, and made with a finger, face or PIN."""
        self.cleaned_data["passwordless"] = True
        try:
            given: dict[str, Any] = super().clean()
        except BROKEN as error:
            raise forms.ValidationError(_("The passkey was not added. Try again.")) from error
        return given


class PasskeyLoginForm(LoginWebAuthnForm):  # type: ignore[misc]  # as above
    """The answer of a passkey to our question."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        """Return the passkey that answered, or say that it opens nothing."""
        try:
            return super().clean_credential()
        except BROKEN as error:
            raise forms.ValidationError(
                _("This passkey did not open the account. Try again, or take a code by e-mail.")
            ) from error
