from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.commitments.models import CommitmentLine
from ksbb.shared.formats import number
from ksbb.web.forms.fields import CountField, reason_field

WHOLE: Final = "semua"
PART: Final = "sebagian"


class Row(NamedTuple):
    """A line beside the field for what is taken back of it."""

    line: CommitmentLine
    field: forms.BoundField


class CancelForm(forms.Form):
    """Take back everything not yet handed over, or a quantity per line; always with a reason."""

    cakupan = forms.ChoiceField(
        label=gettext_lazy("What is cancelled?"),
        choices=[
            (WHOLE, gettext_lazy("Everything not yet handed over")),
            (PART, gettext_lazy("Only the quantities below")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is cancelled.")},
    )
    alasan = reason_field(gettext_lazy("Why is it cancelled?"))

    def __init__(self, data: Any, lines: Sequence[CommitmentLine]) -> None:
        """Ask for a quantity at each of the lines, which have something left to bring."""
        super().__init__(data)
        self.lines = lines
        for line in lines:
            self.fields[name_of(line)] = CountField(
                label=_("Cancel at %(place)s") % {"place": line.need.target.name},
                help_text=_("At most %(most)s.") % {"most": number(line.undelivered)},
            )

    def clean(self) -> dict[str, Any]:
        """Hold each quantity to what is left, and ask for one where a part is cancelled."""
        given = self.cleaned_data
        if given.get("cakupan") != PART:
            return given
        for line in self.lines:
            if given.get(name_of(line), 0) > line.undelivered:
                self.add_error(name_of(line), _too_much(line))
        if not self.errors and not self.quantities:
            self.add_error("cakupan", _("Enter at least one quantity to cancel."))
        return given

    @property
    def rows(self) -> Iterator[Row]:
        """The lines with their fields."""
        return (Row(line, self[name_of(line)]) for line in self.lines)

    @property
    def quantities(self) -> dict[int, int] | None:
        """What is cancelled by the key of the line; None for everything."""
        if self.cleaned_data.get("cakupan") == WHOLE:
            return None
        typed = {line.pk: self.cleaned_data.get(name_of(line), 0) for line in self.lines}
        return {key: quantity for key, quantity in typed.items() if quantity}


def name_of(line: CommitmentLine) -> str:
    """Return the name of the field for a line."""
    return f"jumlah-{line.pk}"


def _too_much(line: CommitmentLine) -> str:
    said = {"place": line.need.target.name, "most": number(line.undelivered)}
    return _("%(place)s: only %(most)s can still be cancelled.") % said
