from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.portal.scope import Scope
from ksbb.shared.clock import parse_moment
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import moment


class MomentInput(forms.TextInput):
    """Lets people pick a day. A moment that stands in the address is kept and shown as text."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Be a calendar as long as the value is one a calendar can show."""
        context = super().get_context(name, value, attrs)
        context["widget"]["type"] = "date" if not value or _is_day(str(value)) else "text"
        return context


class MomentForm(forms.Form):
    """Asks as of which moment; what lies ahead is refused."""

    per = forms.CharField(
        label=gettext_lazy("As of"),
        help_text=gettext_lazy("The end of that day. Empty: now."),
        max_length=40,
        required=False,
        widget=MomentInput,
    )

    def __init__(self, data: Any, scope: Scope) -> None:
        """Keep what now is."""
        super().__init__(data)
        self.scope = scope
        for field in self.fields.values():
            if isinstance(field.widget, MomentInput):
                field.widget.attrs["max"] = scope.today.isoformat()

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


def _is_day(typed: str) -> bool:
    try:
        return date.fromisoformat(typed).isoformat() == typed
    except ValueError:
        return False
