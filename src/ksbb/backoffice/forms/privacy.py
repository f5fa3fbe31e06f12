"""Whose data is asked for, and on whose request it is erased."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.web.forms.fields import reason_field


class PersonForm(forms.Form):
    siapa = forms.CharField(
        label=_("E-mail address or phone"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write an e-mail address or a phone.")},
    )


class EraseForm(forms.Form):
    siapa = forms.CharField(max_length=254, widget=forms.HiddenInput)
    alasan = reason_field(
        _("On whose request?"),
        help_text=_("The number and day of the letter, and no name: this stays in the audit."),
    )
