"""What the receiver says of a delivery: how much arrived, in which condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.deliveries.actions.confirm import Answer
from ksbb.deliveries.enums import Condition
from ksbb.deliveries.models import DeliveryLine
from ksbb.portal.forms.fields import QuantityField


class ArrivedField(QuantityField):
    """A quantity which may be nothing at all: then nothing arrived."""

    def clean(self, value: Any) -> int:
        """Return 0 for a typed nought, else what `QuantityField` returns."""
        return 0 if str(value).strip() == "0" else super().clean(value)


class Question(NamedTuple):
    """One line of the delivery beside its three fields."""

    line: DeliveryLine
    quantity: forms.BoundField
    condition: forms.BoundField
    remark: forms.BoundField


class ReceiptForm(forms.Form):
    """Three fields for each line, and one remark on the whole."""

    catatan = forms.CharField(
        label=gettext_lazy("Remark on the whole delivery (if any)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, lines: Sequence[DeliveryLine]) -> None:
        """Ask three questions about each line; nothing is filled in for the receiver."""
        super().__init__(data)
        self.lines = lines
        for line in lines:
            self.fields[f"jumlah-{line.pk}"] = ArrivedField(
                label=_("How many arrived?"), help_text=_("Write 0 if nothing arrived.")
            )
            self.fields[f"kondisi-{line.pk}"] = forms.ChoiceField(
                label=_("In which condition?"),
                choices=Condition.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose the condition in which it arrived.")},
            )
            self.fields[f"catatan-{line.pk}"] = forms.CharField(
                label=_("Remark (if any)"), max_length=500, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Ask for an explanation where the condition is none of the named ones."""
        given = self.cleaned_data
        for line in self.lines:
            unexplained = not given.get(f"catatan-{line.pk}", "").strip()
            if given.get(f"kondisi-{line.pk}") == Condition.OTHER and unexplained:
                self.add_error(f"catatan-{line.pk}", _("Explain the condition in the remark."))
        return given

    @property
    def questions(self) -> Iterator[Question]:
        """The lines with their fields."""
        return (
            Question(
                line,
                self[f"jumlah-{line.pk}"],
                self[f"kondisi-{line.pk}"],
                self[f"catatan-{line.pk}"],
            )
            for line in self.lines
        )

    @property
    def answers(self) -> dict[int, Answer]:
        """The cleaned answers by the key of the delivery line."""
        given = self.cleaned_data
        return {
            line.pk: Answer(
                quantity=given[f"jumlah-{line.pk}"],
                condition=given[f"kondisi-{line.pk}"],
                remark=given[f"catatan-{line.pk}"],
            )
            for line in self.lines
        }
