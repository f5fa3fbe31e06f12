"""The places of a proposal with what each is to get, which the giver may change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from ksbb.allocation.explain import Reason
from ksbb.proposals.propose import Proposal
from ksbb.proposals.reading import Place
from ksbb.shared.formats import number
from ksbb.web.forms.fields import CountField

NAMED: Final = re.compile("jumlah-([0-9]{1,18})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One place: what it needs and has (packages), what it gets, and how far it is."""

    place: Place
    field: forms.BoundField
    needed: int
    committed: int
    quantity: int
    km: float
    reason: Reason | None

    @property
    def open(self) -> int:
        """What is needed and not committed."""
        return self.needed - self.committed

    @property
    def before(self) -> float:
        """The share that is covered without this gift."""
        return self.committed / self.needed

    @property
    def after(self) -> float:
        """The share that is covered with it."""
        return (self.committed + self.quantity) / self.needed

    @property
    def is_own(self) -> bool:
        """Whether this quantity is not the proposed one."""
        return self.quantity != (self.reason.quantity if self.reason else 0)


class ChoiceForm(forms.Form):
    """One field per place, named `jumlah-<key of the need>`; left empty it gets nothing."""

    def __init__(self, data: QueryDict | None, proposal: Proposal) -> None:
        """Show the proposed places; of what was sent, all places that are in reach."""
        super().__init__(data)
        self.proposal: Proposal = proposal
        self.reasons: dict[int, Reason] = {
            reason.row: reason for reason in proposal.explanation.reasons
        }
        self.rows: list[int] = list(self.reasons) if data is None else _sent(data, proposal.places)
        for row in self.rows:
            place = proposal.places[row]
            proposed = self.reasons[row].quantity if row in self.reasons else 0
            self.fields[name_of(place)] = CountField(
                label=_("Quantity for %(place)s") % {"place": place.name},
                initial=number(proposed),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one quantity."""
        if not self.errors and not self.quantities:
            raise forms.ValidationError(_("Enter a quantity for at least one place."))
        return self.cleaned_data

    def refuse_what_is_not_open(self) -> None:
        """Say at each place that asks too much how much is open there."""
        for stop in self.stops:
            if stop.quantity > stop.open:
                said = {"place": stop.place.name, "open": number(stop.open)}
                sentence = _("%(place)s: only %(open)s still open.") % said
                self.add_error(name_of(stop.place), sentence)

    @property
    def quantities(self) -> dict[int, int]:
        """What each place is to get, by the key of its need; places with nothing are left out."""
        if not self.is_bound:
            return self.proposed
        places = [self.proposal.places[row] for row in self.rows]
        given = {place.need: self.cleaned_data.get(name_of(place), 0) for place in places}
        return {need: quantity for need, quantity in given.items() if quantity}

    @property
    def proposed(self) -> dict[int, int]:
        """What was proposed, by the key of the need."""
        places = self.proposal.places
        return {places[row].need: reason.quantity for row, reason in self.reasons.items()}

    @property
    def stops(self) -> Iterator[Stop]:
        """The places with their fields, in their order."""
        ground, chosen = self.proposal.ground, self.quantities
        for row in self.rows:
            place = ground.places[row]
            yield Stop(
                place=place,
                field=self[name_of(place)],
                needed=int(ground.need[row]),
                committed=int(ground.committed[row]),
                quantity=chosen.get(place.need, 0),
                km=float(ground.km[row]),
                reason=self.reasons.get(row),
            )

    @property
    def is_own(self) -> bool:
        """Whether anything was changed by hand."""
        return self.quantities != self.proposed


def name_of(place: Place) -> str:
    """Return the name of the field for a place."""
    return f"jumlah-{place.need}"


def _sent(data: QueryDict, places: list[Place]) -> list[int]:
    """Return the rows of the places for which something was sent."""
    found = [NAMED.fullmatch(name) for name in data]
    row_of = {place.need: row for row, place in enumerate(places)}
    keys = dict.fromkeys(int(one[1]) for one in found if one)
    return [row_of[key] for key in keys if key in row_of]
