"""Giving more to a place, or bringing what was promised to one place to others instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from ksbb.commitments.models import CommitmentLine
from ksbb.needs.queries_near import Nearby
from ksbb.portal.forms.fields import QuantityField
from ksbb.shared.formats import number
from ksbb.web.forms.fields import CountField

NAMED: Final = re.compile("jumlah-([0-9]{1,18})")


class MoreForm(forms.Form):
    """How much more a place gets."""

    def __init__(self, data: Any, line: CommitmentLine) -> None:
        """Ask for a quantity up to what the place still lacks; the action holds to it."""
        super().__init__(data)
        self.fields["jumlah"] = QuantityField(
            label=_("How many more?"),
            help_text=_("%(open)s are still missing there.") % {"open": number(line.need.open)},
        )


class Place(NamedTuple):
    """Another place beside the field for what it is to get."""

    near: Nearby
    field: forms.BoundField


class MoveForm(forms.Form):
    """How much of the rest goes to each of the places close by."""

    def __init__(self, data: Any, line: CommitmentLine, near: Sequence[Nearby]) -> None:
        """Propose the nearest places first, each with as much as it lacks."""
        super().__init__(data, initial=_proposal(line, near))
        self.line, self.near = line, near
        for place in near:
            self.fields[name_of(place)] = CountField(
                label=_("Bring to %(place)s") % {"place": place.need.target.name},
                help_text=_("%(open)s are still missing there.")
                % {"open": number(place.need.open)},
            )

    def clean(self) -> dict[str, Any]:
        """Hold the sum to what is not handed over yet, and ask for at least one quantity."""
        wanted, most = sum(self.quantities.values()), self.line.undelivered
        if not self.errors and not wanted:
            raise forms.ValidationError(_("Enter a quantity for at least one place."))
        if wanted > most:
            said = {"wanted": number(wanted), "most": number(most)}
            raise forms.ValidationError(
                _("That is %(wanted)s together; only %(most)s can go elsewhere.") % said
            )
        return self.cleaned_data

    @property
    def places(self) -> Iterator[Place]:
        """The places with their fields, the nearest first."""
        return (Place(near, self[name_of(near)]) for near in self.near)

    @property
    def quantities(self) -> dict[int, int]:
        """What each place is to get, by the key of its need; places with nothing are left out."""
        given = ((near.need.pk, self.cleaned_data.get(name_of(near), 0)) for near in self.near)
        return {need: quantity for need, quantity in given if quantity}


def name_of(near: Nearby) -> str:
    """Return the name of the field for a place."""
    return f"jumlah-{near.need.pk}"


def keys_in(data: QueryDict) -> set[int]:
    """Return the keys of the needs for which something was sent."""
    sent = (NAMED.fullmatch(name) for name in data)
    return {int(found[1]) for found in sent if found}


def _proposal(line: CommitmentLine, near: Sequence[Nearby]) -> dict[str, str]:
    left, proposed = line.undelivered, dict[str, str]()
    for place in near:
        fits = min(left, place.need.open)
        proposed[name_of(place)] = number(fits)
        left -= fits
    return proposed
