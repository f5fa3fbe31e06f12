from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.portal.scope import Scope
from ksbb.shared.clock import parse_moment
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import moment


class MomentForm(forms.Form):
    """Asks as of which moment; what lies ahead is refused."""

    per = forms.CharField(
        label=gettext_lazy("As of"),
        help_text=gettext_lazy("For example 2020-05-02, or 2020-05-12T12:00. Empty: now."),
        max_length=40,
        required=False,
    )

    def __init__(self, data: Any, scope: Scope) -> None:
        """Keep what now is."""
        super().__init__(data)
        self.scope = scope

    def clean_per(self) -> datetime:
        """Return the moment asked for, never later than now; a day of today means now."""
        return read_moment(self.cleaned_data["per"], self.scope) or self.scope.now


def read_moment(text: str, scope: Scope) -> datetime | None:
    """Return the moment that was typed, None for nothing. Raises ValidationError."""
    typed = text.strip()
    if not typed:
        return None
    try:
        asked = parse_moment(typed)
    except DomainError as error:
        raise forms.ValidationError(str(error)) from error
    if asked.date() > scope.today:
        said = {"now": moment(scope.now)}
        raise forms.ValidationError(_("That lies ahead: it is %(now)s now.") % said)
    return min(asked, scope.now)
