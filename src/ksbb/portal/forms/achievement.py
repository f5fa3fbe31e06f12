"""Which part of the achievement is shown: area, phase, aid, kind of place, as of which moment."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.portal.forms.moment import MomentForm, MomentInput, read_moment
from ksbb.portal.scope import Scope
from ksbb.portal.words import phase_name
from ksbb.programmes.models import AidType, Phase, TargetKind
from ksbb.shared.codes import LENGTHS
from ksbb.web.forms.fields import UNKNOWN, LongSelect, offer_choices
from ksbb.web.target_filter import area_choices

ALL_PHASES: Final = "semua"


class AchievementFilter(MomentForm):
    """Filters of `/capaian/`; one kind of aid at a time, so units never mix."""

    wilayah = forms.ChoiceField(
        label=gettext_lazy("Area"), required=False, widget=LongSelect, error_messages=UNKNOWN
    )
    bantuan = forms.ChoiceField(label=gettext_lazy("Kind of aid"), error_messages=UNKNOWN)
    fase = forms.ChoiceField(label=gettext_lazy("Phase"), error_messages=UNKNOWN)
    jenis = forms.ChoiceField(
        label=gettext_lazy("Kind of place"), required=False, error_messages=UNKNOWN
    )
    banding = forms.CharField(
        label=gettext_lazy("Compare with"),
        help_text=gettext_lazy("Another day. Empty: no comparison."),
        max_length=40,
        required=False,
        widget=MomentInput,
    )

    programme = forms.SlugField(max_length=50, required=False, widget=forms.HiddenInput)

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
        offer_choices(self, "wilayah", area_choices(area, scope.programme.root_region))
        offer_choices(self, "bantuan", [(kind.slug, kind.name) for kind in scope.aid_types])
        offer_choices(self, "fase", [*phases, (ALL_PHASES, _("All phases"))])
        self.kinds = list(scope.programme.target_kinds.all())
        offer_choices(
            self, "jenis", [("", _("All kinds")), *((kind.slug, kind.name) for kind in self.kinds)]
        )

    def clean_banding(self) -> datetime | None:
        """Return the moment to compare with, None where nothing is compared."""
        return read_moment(self.cleaned_data["banding"], self.scope)

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

    @property
    def kind(self) -> TargetKind | None:
        """The chosen kind of place, None for all of them."""
        chosen = self.cleaned_data["jenis"]
        return next((kind for kind in self.kinds if kind.slug == chosen), None)
