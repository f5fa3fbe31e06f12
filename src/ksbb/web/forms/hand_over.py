from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import DeliveryLine
from ksbb.shared.formats import number
from ksbb.web.forms.fields import CountField


class Row(NamedTuple):
    """A line of the delivery beside the field for what was brought of it."""

    line: DeliveryLine
    field: forms.BoundField


class HandOverForm(forms.Form):
    """How much was brought of each line, the plan filled in, when, and a remark."""

    waktu = forms.DateTimeField(
        label=gettext_lazy("When was it handed over?"),
        help_text=gettext_lazy("In WIB. Empty: now."),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H.%M"],
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={
            "invalid": gettext_lazy("Write day and time like 22/05/2020 14:30."),
        },
    )
    catatan = forms.CharField(
        label=gettext_lazy("Remark (if any)"),
        help_text=gettext_lazy("For the giver and the working group; it is not published."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any, lines: Sequence[DeliveryLine]) -> None:
        """Ask about each line; what was cancelled since the plan is not proposed."""
        plan = {name_of(line): number(still_planned(line)) for line in lines}
        super().__init__(data, initial=plan)
        self.lines = lines
        for line in lines:
            self.fields[name_of(line)] = CountField(
                label=_("Handed over: %(aid)s") % {"aid": line.line.need.aid_type.name},
                help_text=_("At most %(most)s. Write 0 if nothing was brought.")
                % {"most": number(line.line.undelivered)},
            )

    def clean(self) -> dict[str, Any]:
        """Hold each quantity to what is promised, and ask for at least one.

        Where somebody else has recorded the delivery, the action says so in better words.
        """
        given = self.cleaned_data
        if any(line.delivery.state == DeliveryState.DONE for line in self.lines):
            return given
        for line in self.lines:
            if given.get(name_of(line), 0) > line.line.undelivered:
                self.add_error(name_of(line), _too_much(line))
        if not self.errors and not any(self.quantities.values()):
            raise forms.ValidationError(_("Enter how much was handed over on at least one line."))
        return given

    @property
    def rows(self) -> Iterator[Row]:
        """The lines with their fields."""
        return (Row(line, self[name_of(line)]) for line in self.lines)

    @property
    def quantities(self) -> dict[int, int]:
        """What was brought, by the key of the delivery line."""
        return {line.pk: self.cleaned_data.get(name_of(line), 0) for line in self.lines}


def still_planned(line: DeliveryLine) -> int:
    """Return what of the plan can still be brought, in units of the aid type."""
    return min(line.planned, line.line.undelivered)


def name_of(line: DeliveryLine) -> str:
    """Return the name of the field for a line."""
    return f"jumlah-{line.pk}"


def _too_much(line: DeliveryLine) -> str:
    said = {"aid": line.line.need.aid_type.name, "most": number(line.line.undelivered)}
    return _("%(aid)s: only %(most)s are promised and not yet handed over.") % said
