"""What narrows the inbox, and the small forms on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.accounts.models import User
from ksbb.backoffice.inbox.box import NOBODY, Box
from ksbb.backoffice.inbox.sources import SOURCES
from ksbb.programmes.queries import current_programme
from ksbb.rights.queries import officers, watched_areas
from ksbb.rights.rules import is_area_officer
from ksbb.shared.clock import END_OF_DAY, WIB
from ksbb.web.forms.areas import area_choices
from ksbb.web.forms.fields import UNKNOWN, offer_choices

MINE: Final = "saya"
FREE: Final = "bebas"
LATE: Final = "lewat"
TODAY: Final = "hari-ini"


class InboxFilter(forms.Form):
    """Narrows the inbox; all of it stands in the address."""

    jenis = forms.ChoiceField(label=gettext_lazy("Kind"), required=False, error_messages=UNKNOWN)
    wilayah = forms.ChoiceField(label=gettext_lazy("Area"), required=False, error_messages=UNKNOWN)
    petugas = forms.ChoiceField(
        label=gettext_lazy("Officer"), required=False, error_messages=UNKNOWN
    )
    tenggat = forms.ChoiceField(
        label=gettext_lazy("Due"),
        required=False,
        error_messages=UNKNOWN,
        choices=[
            ("", gettext_lazy("at any time")),
            (LATE, gettext_lazy("overdue")),
            (TODAY, gettext_lazy("by the end of today")),
        ],
    )

    def __init__(self, data: QueryDict | dict[str, str], *, user: User, now: datetime) -> None:
        """Read the query of an address, which may be empty, for whoever is logged in."""
        super().__init__(data)
        self.user, self.now = user, now
        offer_choices(self, "jenis", self._kinds())
        offer_choices(self, "wilayah", self._areas())
        people = ((str(one.pk), str(one)) for one in officers() if one != user)
        offer_choices(
            self,
            "petugas",
            [("", _("all")), (MINE, _("me")), (FREE, _("nobody yet")), *people],
        )

    @property
    def box(self) -> Box:
        """The inbox as it is narrowed; where nonsense was asked for, all of it."""
        asked = self.cleaned_data if self.is_valid() else {}
        ends = datetime.combine(self.now.date(), END_OF_DAY, tzinfo=WIB)
        return Box(
            user=self.user,
            now=self.now,
            kind=asked.get("jenis", ""),
            area=asked.get("wilayah", ""),
            officer=self._officer(asked.get("petugas", "")),
            due_by={LATE: self.now, TODAY: ends}.get(asked.get("tenggat", "")),
        )

    @property
    def query(self) -> str:
        """The query that narrows like this, never empty."""
        asked = QueryDict(mutable=True)
        asked.update({name: self.data.get(name, "") for name in self.fields})
        return asked.urlencode()

    def _kinds(self) -> list[Any]:
        mine = [(one.slug, one.label) for one in SOURCES if one.is_open_to(self.user)]
        return [("", _("everything")), *mine]

    def _areas(self) -> list[Any]:
        if is_area_officer(self.user):
            mine = watched_areas(self.user)
            return [("", _("all of mine")), *((one.code, one.name) for one in mine)]
        programme = current_programme()
        return area_choices(programme.root_region) if programme else [("", _("everywhere"))]

    def _officer(self, asked: str) -> int | None:
        known = {"": None, MINE: self.user.pk, FREE: NOBODY}
        return known[asked] if asked in known else int(asked)


class AssignForm(forms.Form):
    """Whom a thing is given to; `semula` is the officer the sender saw it with."""

    petugas = forms.ChoiceField(
        label=gettext_lazy("Who works on it?"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("This officer may not decide about it.")},
    )
    semula = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: QueryDict | None, *, people: list[User], user: User) -> None:
        """Offer the officers who may decide about it, whoever asks first of all."""
        super().__init__(data)
        self.people = {str(one.pk): one for one in people}
        others = [(key, str(one)) for key, one in self.people.items() if one != user]
        offer_choices(self, "petugas", [("", _("nobody")), (str(user.pk), _("me")), *others])
        self.people[str(user.pk)] = user

    @property
    def officer(self) -> User | None:
        """The chosen officer, None for nobody."""
        return self.people.get(self.cleaned_data["petugas"])
