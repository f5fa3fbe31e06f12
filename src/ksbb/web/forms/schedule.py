from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.commitments.enums import Window
from ksbb.shared.formats import day
from ksbb.web.forms.fields import DayField


class ScheduleForm(forms.Form):
    """The day agreed between giver and place, and the part of it."""

    tanggal = DayField(
        label=gettext_lazy("Agreed day"),
    )
    waktu = forms.ChoiceField(
        label=gettext_lazy("Part of the day"),
        choices=Window.choices,
        error_messages={"required": gettext_lazy("Choose a part of the day.")},
    )

    def __init__(self, data: Any, *, first: date, last: date, **options: Any) -> None:
        """Offer the days from `first` to `last`, both included; the action holds to them."""
        super().__init__(data, **options)
        picker = self.fields["tanggal"]
        picker.help_text = _("From %(first)s to %(last)s.") % {
            "first": day(first),
            "last": day(last),
        }
        picker.widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
