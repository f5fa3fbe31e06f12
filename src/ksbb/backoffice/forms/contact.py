from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.needs.actions.change_contact import Person
from ksbb.web.forms.fields import PHONE


class ContactForm(forms.Form):
    """Whom to call at a place. What stands there is filled in for those who have looked at it."""

    peran = forms.CharField(
        label=_("Role"),
        help_text=_("For example: head of the RW."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the role of this person.")},
    )
    nama = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the name of this person.")},
    )
    telepon = forms.CharField(
        label=_("Phone"),
        help_text=_("For example 0812 3456 7890."),
        max_length=20,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"required": _("Write the phone number.")},
    )

    @property
    def person(self) -> Person:
        """The person as typed."""
        given = self.cleaned_data
        return Person(role=given["peran"], name=given["nama"], phone=given["telepon"])
