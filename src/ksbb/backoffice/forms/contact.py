from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.needs.actions.change_contact import Person
from ksbb.web.forms.fields import phone_field


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
    telepon = phone_field(
        label=_("Phone"),
        autocomplete="off",
        help_text=_("For example 0812 3456 7890."),
        error_messages={"required": _("Write the phone number.")},
    )

    @property
    def person(self) -> Person:
        """The person as typed."""
        given = self.cleaned_data
        return Person(role=given["peran"], name=given["nama"], phone=given["telepon"])
