from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The code under which a commitment, a gift or a report is followed."""

    kode = forms.CharField(
        label=_("Code of the commitment, the gift or the report"),
        help_text=_("Eight or nine letters and digits, for example K7F3-9Q2M."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        error_messages={"required": _("Type the code.")},
    )
