"""Which part of the map is looked at: the level, and a box of degrees."""

from __future__ import annotations

from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.needs.queries_map import Box
from ksbb.portal.mapping import LEVELS
from ksbb.web.forms.fields import UNKNOWN

NAMES: Final = {
    "kota": gettext_lazy("Cities and regencies"),
    "kecamatan": gettext_lazy("Kecamatan"),
    "kelurahan": gettext_lazy("Kelurahan"),
    "tempat": gettext_lazy("RW and institutions"),
}


class ViewForm(forms.Form):
    """What the map adds to the filters of the list; both may be left out."""

    tingkat = forms.ChoiceField(
        label=gettext_lazy("Shown on the map"),
        choices=[(level, NAMES[level]) for level in LEVELS],
        required=False,
        error_messages=UNKNOWN,
    )
    kotak = forms.CharField(
        label=gettext_lazy("Part of the map"),
        max_length=100,
        required=False,
        widget=forms.HiddenInput,
    )

    def clean_kotak(self) -> Box | None:
        """Return the box that stands in the address as west,south,east,north."""
        typed = self.cleaned_data["kotak"]
        if not typed:
            return None
        try:
            west, south, east, north = (float(side) for side in typed.split(","))
        except ValueError:
            raise _no_box(typed) from None
        # Compared this way, what is no number is refused too.
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004
            raise _no_box(typed)
        return Box(west, south, east, north)


def _no_box(typed: str) -> ValidationError:
    return ValidationError(
        _("“%(typed)s” is no part of the map. Write west,south,east,north in degrees."),
        params={"typed": typed},
    )
