from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ksbb.accounts.models import User
from ksbb.backoffice.board import NUMBERS, Number
from ksbb.programmes.models import AidType
from ksbb.programmes.scope import Scope
from ksbb.regions.models import Region
from ksbb.rights.queries import watched_areas
from ksbb.rights.rules import is_area_officer
from ksbb.shared.codes import LENGTHS, is_code, within
from ksbb.web.forms.areas import area_choices
from ksbb.web.forms.fields import offer_choices


class BoardFilter(forms.Form):
    """What the board speaks of: an area, a kind of aid; and of which number the rows are shown."""

    wilayah = forms.CharField(label=_("Area"), required=False, max_length=13)
    bantuan = forms.ChoiceField(label=_("Kind of aid"), required=False)
    apa = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, user: User, scope: Scope) -> None:
        """Offer what lies in the programme's area, or in those of an officer."""
        super().__init__(data)
        self.scope = scope
        self.numbers = [one for one in NUMBERS if user.has_perm(one.permission)]
        offer_choices(self, "bantuan", [(one.slug, one.name) for one in scope.aid_types])
        offer_choices(self, "apa", [(one.slug, one.label) for one in self.numbers])
        root = scope.programme.root_region
        self.areas: list[Region] = [root]
        choices = area_choices(root)
        if is_area_officer(user):
            self.areas = watched_areas(user)
            choices = [(one.code, one.name) for one in self.areas]
        self.fields["wilayah"].widget = forms.Select(choices=self._with_chosen(choices))

    def clean_wilayah(self) -> str:
        """Return the area that is shown: the chosen one, else the first that may be."""
        typed: str = self.cleaned_data["wilayah"]
        if not typed:
            return self.areas[0].code if self.areas else ""
        if not is_code(typed) or not any(within(typed, one.code) for one in self.areas):
            raise forms.ValidationError(_("This area is not known here. Choose one of these."))
        return typed

    @property
    def area(self) -> str:
        """The area that is shown; the first one where nonsense was asked for, "" without any."""
        first = self.areas[0].code if self.areas else ""
        return self.cleaned_data.get("wilayah", first) if self._is_read() else first

    @property
    def aid_type(self) -> AidType | None:
        """The kind of aid that is shown."""
        slug = self.cleaned_data.get("bantuan", "") if self._is_read() else ""
        found = (one for one in self.scope.aid_types if one.slug == slug)
        return next(found, self.scope.main_aid_type)

    @property
    def number(self) -> Number:
        """The number whose rows are asked for, the first where none is named."""
        slug = self.cleaned_data.get("apa", "") if self._is_read() else ""
        return next((one for one in self.numbers if one.slug == slug), self.numbers[0])

    def _is_read(self) -> bool:
        self.is_valid()
        return True

    def _with_chosen(self, choices: list[Any]) -> list[Any]:
        """Add a kelurahan that was opened to the choices, which end at the kecamatan."""
        code = str(self.data.get("wilayah", ""))
        is_deep = is_code(code) and len(code) >= LENGTHS["VILLAGE"]
        found = Region.objects.filter(pk=code).first() if is_deep else None
        return [*choices, (found.code, found.name)] if found else choices
