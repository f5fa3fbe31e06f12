"""Which rows are shown behind a number: everything the number counts, and where a page begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from ksbb.collaborators.models import Collaborator
from ksbb.collaborators.queries import find_named
from ksbb.needs.models import Target
from ksbb.needs.queries_list import find_target
from ksbb.portal.forms.achievement import AchievementFilter
from ksbb.portal.forms.moment import read_moment
from ksbb.portal.scope import Scope
from ksbb.reports.behind import LAST_KEY, Mark, Selection
from ksbb.reports.enums import Measure
from ksbb.reports.models import BEGINNING
from ksbb.web.forms.fields import UNKNOWN

MEASURES: Final = {
    "kebutuhan": Measure.NEED,
    "komitmen": Measure.COMMITTED,
    "disalurkan": Measure.DELIVERED,
    "diterima": Measure.RECEIVED,
    "kurang": Measure.OPEN,
}
"""The measures by their name in an address."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_LATEST: Final = 2**52
"""Microseconds after 1970 that can be asked for: more than a hundred years."""


class RowsFilter(AchievementFilter):
    """The filters of `/capaian/`, narrowed to one measure, and maybe to one place or giver."""

    tahap = forms.ChoiceField(choices=[(name, name) for name in MEASURES], error_messages=UNKNOWN)
    sejak = forms.CharField(max_length=40, required=False)
    sasaran = forms.CharField(max_length=24, required=False)
    kolaborator = forms.CharField(max_length=80, required=False)
    sesudah = forms.CharField(max_length=60, required=False)

    def __init__(self, query: QueryDict, scope: Scope) -> None:
        """Show promises where the address names no measure."""
        super().__init__(query, scope)
        self.data = {"tahap": "komitmen"} | dict(self.data)

    def clean_sejak(self) -> datetime:
        """Return the moment the rows come after; the beginning where none was typed."""
        return read_moment(self.cleaned_data["sejak"], self.scope) or BEGINNING

    def clean_sasaran(self) -> Target | None:
        """Return the place of a code."""
        code = self.cleaned_data["sasaran"]
        found = find_target(code, self.scope.programme) if code else None
        if code and found is None:
            raise forms.ValidationError(_("This place is not known."))
        return found

    def clean_kolaborator(self) -> Collaborator | None:
        """Return the collaborator of a slug, if it is named in public."""
        slug = self.cleaned_data["kolaborator"]
        found = find_named(slug) if slug else None
        if slug and found is None:
            raise forms.ValidationError(_("This collaborator is not known."))
        return found

    def clean_sesudah(self) -> Mark | None:
        """Return the row after which a page begins."""
        typed = self.cleaned_data["sesudah"]
        try:
            return read_mark(typed) if typed else None
        except ValueError:
            message = _("This page of the list is not known. Begin with the first one.")
            raise forms.ValidationError(message) from None

    def selection(self) -> Selection:
        """Return what was asked for."""
        given = self.cleaned_data
        return Selection(
            programme=self.scope.programme,
            measure=MEASURES[given["tahap"]],
            aid_type=self.aid_type,
            until=given["per"],
            after=given["sejak"],
            area=given["wilayah"] or self.scope.programme.root_region_id,
            phase=self.phase,
            kind=self.kind,
            place=given["sasaran"],
            giver=given["kolaborator"],
        )


def write_mark(mark: Mark) -> str:
    """Return a place in the list as it stands in an address."""
    return f"{(mark.at - _EPOCH) // _MICROSECOND}-{int(mark.is_movement)}-{mark.key}"


def read_mark(text: str) -> Mark:
    """Return the place in the list that an address names. Raises ValueError."""
    at, is_movement, key = (int(part) for part in text.split("-"))
    if not (0 <= at < _LATEST and is_movement in {0, 1} and 0 < key <= LAST_KEY):
        raise ValueError(text)
    return Mark(_EPOCH + at * _MICROSECOND, bool(is_movement), key)
