"""Which part of the achievement is shown: area, phase, kind of aid, as of which moment."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.portal.forms.filters import UNKNOWN, area_choices
from ksbb.portal.forms.moment import MomentForm
from ksbb.portal.scope import Scope
from ksbb.portal.words import phase_name
from ksbb.programmes.models import AidType, Phase
from ksbb.shared.codes import LENGTHS

ALL_PHASES: Final = "semua"


class AchievementFilter(MomentForm):
    """Filters of `/capaian/`; one kind of aid at a time, so units never mix."""

    wilayah = forms.ChoiceField(label=gettext_lazy("Area"), required=False, error_messages=UNKNOWN)
    bantuan = forms.ChoiceField(label=gettext_lazy("Kind of aid"), error_messages=UNKNOWN)
    fase = forms.ChoiceField(label=gettext_lazy("Phase"), error_messages=UNKNOWN)

    def __init__(self, query: QueryDict, scope: Scope) -> None:
        """Fill what the address leaves out with the programme's own choice."""
        typed = {name: value for name, value in query.dict().items() if str(value).strip()}
        main = scope.main_aid_type
        defaults = {
            "bantuan": main.slug if main else "",
            "fase": str(scope.phase.number) if scope.phase else ALL_PHASES,
        }
        super().__init__(defaults | typed, scope)
        area = str(typed.get("wilayah", "")).strip()
        # One RW has no table of its own: it is a row in that of its kelurahan.
        area = area if len(area) <= LENGTHS["VILLAGE"] else ""
        phases = [(str(phase.number), phase_name(phase)) for phase in scope.phases]
        self._offer("wilayah", area_choices(area, scope.programme.root_region))
        self._offer("bantuan", [(kind.slug, kind.name) for kind in scope.aid_types])
        self._offer("fase", [*phases, (ALL_PHASES, _("All phases"))])

    @property
    def phase(self) -> Phase | None:
        """The chosen phase, None for all of them."""
        chosen = self.cleaned_data["fase"]
        return next((one for one in self.scope.phases if str(one.number) == chosen), None)

    @property
    def aid_type(self) -> AidType:
        """The chosen kind of aid."""
        chosen = self.cleaned_data["bantuan"]
        return next(kind for kind in self.scope.aid_types if kind.slug == chosen)

    def _offer(self, name: str, choices: list[tuple[str, str | Promise]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
