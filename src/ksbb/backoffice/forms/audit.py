"""Which part of the audit is shown."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

_DAY = {"invalid": _("Write a day like 2020-05-01.")}


class AuditFilter(forms.Form):
    """Days and words; an empty field does not narrow."""

    dari = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages=_DAY,
    )
    sampai = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages=_DAY,
    )
    q = forms.CharField(
        label=_("Who, what, or key of an object"), max_length=100, required=False, strip=True
    )
