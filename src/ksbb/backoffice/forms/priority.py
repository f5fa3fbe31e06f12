"""The priority rule and its lists as officers set them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.priority.formula import Terms
from ksbb.priority.models import PriorityRule
from ksbb.web.forms.fields import reason_field
from ksbb.web.forms.priority import SimulationForm


def _whole(label: Any, least: int, most: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "required": _("Write a whole number."),
            "invalid": _("Write a whole number."),
        },
    )


class RuleForm(forms.Form):
    """The next version of the rule."""

    families_extra = _whole(
        _("Extra weight for many vulnerable families (thousandths)"),
        0,
        9000,
        _("1000 makes a place with so many families weigh twice as much."),
    )
    families_full = _whole(_("From so many families on all of it"), 5, 100_000)
    age_less = _whole(
        _("Less weight for an old count (thousandths)"),
        0,
        900,
        _("An old count is less sure. 300 makes it weigh three tenths less."),
    )
    age_full = _whole(_("From so many days on all of it"), 1, 10_000)
    committed_percent = _whole(_("Of KSBB's commitments counts (per cent)"), 0, 100)
    served_percent = _whole(
        _("Of what others brought counts (per cent)"),
        0,
        100,
        _("0: aid of others is only shown. 100: it counts like a commitment."),
    )
    mulai = forms.DateTimeField(
        label=_("Valid from (empty: at once)"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("Write day and time like 2020-05-22 09:00.")},
    )
    alasan = reason_field(
        _("Why is the rule like this?"), help_text=_("Everybody can read it beside the rule.")
    )

    def __init__(self, data: Any = None, rule: PriorityRule | None = None) -> None:
        """Begin with the version in force."""
        usual = {
            "families_extra": 1000,
            "families_full": 500,
            "age_less": 300,
            "age_full": 365,
            "committed_percent": 100,
            "served_percent": 100,
        }
        standing = {name: getattr(rule, name) for name in usual} if rule else usual
        super().__init__(data, initial=standing)

    @property
    def terms(self) -> Terms:
        """The numbers, from a valid form."""
        return Terms(**{name: self.cleaned_data[name] for name in Terms.__dataclass_fields__})


class FreezeForm(SimulationForm):
    """The simulation that was looked at, and what it is kept for."""

    alasan = reason_field(
        _("What is the list frozen for?"), help_text=_("Everybody can read it beside the list.")
    )
