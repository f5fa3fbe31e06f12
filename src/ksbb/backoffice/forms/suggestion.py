from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.web.forms.fields import reason_field


def another_place_field() -> forms.BooleanField:
    """Return the mark that places with a similar name were looked at."""
    return forms.BooleanField(
        label=_("It is another place than those with a similar name"), required=False
    )


class AnswerForm(forms.Form):
    alasan = reason_field(_("Answer"), help_text=_("Whoever sent it reads this. No names."))


class AcceptForm(AnswerForm):
    """The answer, and that a place with a similar name was looked at."""

    lain = another_place_field()
