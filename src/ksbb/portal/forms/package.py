"""The lines of a package: a quantity for each need that was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from ksbb.needs.models import Need
from ksbb.portal.forms.fields import QuantityField
from ksbb.shared.formats import number


class Line(NamedTuple):
    """A need beside the field in which its quantity is typed."""

    need: Need
    field: forms.BoundField


class PackageForm(forms.Form):
    """One field per need, named `jumlah-<key of the need>`."""

    def __init__(self, data: Any, needs: Sequence[Need], lines: dict[int, int]) -> None:
        """Show the quantities chosen so far; `needs` carry what is open now."""
        super().__init__(data, initial={name_of(need): number(lines[need.pk]) for need in needs})
        self.needs = needs
        for need in needs:
            label = _("Quantity for %(place)s") % {"place": need.target.name}
            self.fields[name_of(need)] = QuantityField(label=label)

    def refuse_what_is_not_open(self) -> list[Need]:
        """Say at each line that asks too much how much is open; return the needs of those lines.

        This is early help: the action refuses again under its lock.
        """
        wanted = self.quantities
        refused = [need for need in self.needs if wanted.get(need.pk, 0) > need.open]
        for need in refused:
            said = {"place": need.target.name, "open": number(need.open)}
            self.add_error(name_of(need), _("%(place)s: only %(open)s still open.") % said)
        return refused

    @property
    def lines(self) -> Iterator[Line]:
        """The needs with their fields, in the order they were given."""
        return (Line(need, self[name_of(need)]) for need in self.needs)

    @property
    def quantities(self) -> dict[int, int]:
        """What was typed rightly, by the key of the need."""
        typed = ((need.pk, self.cleaned_data.get(name_of(need))) for need in self.needs)
        return {need: quantity for need, quantity in typed if quantity}


def name_of(need: Need) -> str:
    """Return the name of the field for a need."""
    return f"jumlah-{need.pk}"
