from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.web.forms.fields import reason_field


class AnswerForm(forms.Form):
    alasan = reason_field(_("Answer"), help_text=_("Whoever sent it reads this. No names."))
