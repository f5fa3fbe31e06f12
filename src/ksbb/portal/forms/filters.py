"""What the list of places can be narrowed to. Everything stands in the address."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.portal.scope import Scope
from ksbb.portal.words import phase_name
from ksbb.regions.models import Region
from ksbb.regions.queries import children, path
from ksbb.shared.codes import is_code, within

MISSING: Final = "kurang"
COVERAGE: Final = "tercakup"
NAME: Final = "nama"

UNKNOWN: Final = {"invalid_choice": gettext_lazy("“%(value)s” is not in this list. Choose again.")}


class TargetFilter(forms.Form):
    """Filters of `/sasaran/`; aid type and phase always have a value, so units never mix."""

    q = forms.CharField(
        label=gettext_lazy("Name of a place"),
        help_text=gettext_lazy("For example: RW 5 Kebayoran Lama. Typing errors do no harm."),
        max_length=120,
        required=False,
    )
    wilayah = forms.ChoiceField(
        label=gettext_lazy("Area"),
        help_text=gettext_lazy("Choose a city and search; then its kecamatan can be chosen."),
        required=False,
        error_messages=UNKNOWN,
    )
    bantuan = forms.ChoiceField(label=gettext_lazy("Kind of aid"), error_messages=UNKNOWN)
    fase = forms.ChoiceField(label=gettext_lazy("Phase"), error_messages=UNKNOWN)
    jenis = forms.ChoiceField(
        label=gettext_lazy("Kind of place"), required=False, error_messages=UNKNOWN
    )
    urut = forms.ChoiceField(
        label=gettext_lazy("Order"),
        choices=[
            (MISSING, gettext_lazy("Missing most first")),
            (COVERAGE, gettext_lazy("Least covered first")),
            (NAME, gettext_lazy("By name")),
        ],
        error_messages=UNKNOWN,
    )
    terbuka = forms.BooleanField(
        label=gettext_lazy("Only places still missing something"), required=False
    )

    def __init__(self, query: QueryDict, scope: Scope) -> None:
        """Fill what the address leaves out with the programme's own choice."""
        typed = {name: value for name, value in query.dict().items() if str(value).strip()}
        super().__init__(self._defaults(scope) | typed, auto_id="id_%s")
        kinds = scope.programme.target_kinds.all()
        area = str(typed.get("wilayah", "")).strip()
        self._offer("wilayah", area_choices(area, scope.programme.root_region))
        self._offer("bantuan", [(kind.slug, kind.name) for kind in scope.aid_types])
        self._offer("fase", [(str(phase.number), phase_name(phase)) for phase in scope.phases])
        self._offer("jenis", [("", _("All kinds")), *((kind.slug, kind.name) for kind in kinds)])

    @property
    def in_use(self) -> int:
        """How many filters narrow the list, apart from aid type, phase and order."""
        return sum(bool(self.data.get(name)) for name in ("q", "wilayah", "jenis", "terbuka"))

    @property
    def area_in_words(self) -> str:
        """What the list was narrowed to: the text that was typed, or the name of the area."""
        area = self.cleaned_data["wilayah"]
        offered: Any = self.fields["wilayah"]
        return str(self.cleaned_data["q"] or (dict(offered.choices)[area] if area else ""))

    def _defaults(self, scope: Scope) -> dict[str, Any]:
        return {
            "bantuan": scope.main_aid_type.slug if scope.main_aid_type else "",
            "fase": str(scope.phase.number) if scope.phase else "",
            "urut": MISSING,
        }

    def _offer(self, name: str, choices: list[tuple[str, str | Promise]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def area_choices(area: str, root: Region) -> list[tuple[str, str | Promise]]:
    """Return the whole area, the way down to the chosen region, and what lies right below it."""
    chosen = area if is_code(area) and within(area, root.code) else root.code
    way = [region for region in path(chosen) if len(region.code) > len(root.code)]
    below = children(way[-1].code if way else root.code).exclude(level="RW")
    return [
        ("", _("All of %(name)s") % {"name": root.short_name}),
        *((region.code, region.short_name) for region in way),
        *((region.code, f"– {region.short_name}") for region in below),
    ]
