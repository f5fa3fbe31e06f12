"""Whom an organisation invites, and as what."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.collaborators.enums import MemberRole


class InvitationForm(forms.Form):
    """An address and a role."""

    surel = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("Write the e-mail address like nama@contoh.id."),
        },
    )
    peran = forms.ChoiceField(
        label=_("What may this person do?"),
        choices=[
            (MemberRole.MEMBER, _("member: gives and delivers for the organisation")),
            (MemberRole.OWNER, _("owner: all of this, and decides who belongs to it")),
        ],
        initial=MemberRole.MEMBER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what this person may do.")},
    )
