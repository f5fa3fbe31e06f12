"""What places can be narrowed to, in one form for list, map, export and API.

Everything stands in the address, under the same names for each of them.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.needs.spots import Spot, find_spot
from ksbb.programmes.scope import Scope
from ksbb.programmes.words import phase_name
from ksbb.regions.models import Region
from ksbb.regions.names import short_name
from ksbb.regions.queries import children, path
from ksbb.shared.codes import is_code, parent_of, within
from ksbb.web.forms.fields import UNKNOWN, LongSelect, offer_choices

MISSING: Final = "kurang"
COVERAGE: Final = "tercakup"
NAME: Final = "nama"
PRIORITY: Final = "prioritas"
NEAREST: Final = "dekat"

NARROWING: Final = ("q", "wilayah", "jenis", "terbuka", "dekat")
"""What makes a list shorter or says from where it is seen, in the order of the chips."""


class Chip(NamedTuple):
    """A filter that is set, in words, and the query string of the list without it."""

    name: str
    words: str
    without: str


class TargetFilter(forms.Form):
    """Filters of `/sasaran/`; aid type and phase always have a value, so units never mix."""

    q = forms.CharField(
        label=gettext_lazy("Name of a place"),
        help_text=gettext_lazy(
            "For example: RW 5 Kebayoran Lama, panti jompo Cipayung, or a postal code. "
            "Spelling mistakes do not matter."
        ),
        max_length=120,
        required=False,
    )
    wilayah = forms.ChoiceField(
        label=gettext_lazy("Area"),
        help_text=gettext_lazy("Choose a city and search; then its kecamatan can be chosen."),
        required=False,
        widget=LongSelect,
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
            (PRIORITY, gettext_lazy("Next in line first")),
            (NEAREST, gettext_lazy("Nearest first")),
            (NAME, gettext_lazy("By name")),
        ],
        error_messages=UNKNOWN,
    )
    dekat = forms.CharField(
        label=gettext_lazy("Near to"),
        help_text=gettext_lazy("For the nearest first: a kelurahan, a kecamatan or a code."),
        max_length=120,
        required=False,
    )
    terbuka = forms.BooleanField(
        label=gettext_lazy("Only places still missing something"), required=False
    )
    programme = forms.SlugField(max_length=50, required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, scope: Scope) -> None:
        """Fill what the address leaves out with the programme's own choice."""
        typed = {name: value for name, value in query.dict().items() if str(value).strip()}
        self.scope = scope
        self.defaults = _defaults(scope, typed)
        super().__init__(self.defaults | typed, auto_id="id_%s")
        kinds = scope.programme.target_kinds.all()
        area = str(typed.get("wilayah", "")).strip()
        offer_choices(self, "wilayah", area_choices(area, scope.programme.root_region))
        offer_choices(self, "bantuan", [(kind.slug, kind.name) for kind in scope.aid_types])
        offer_choices(
            self, "fase", [(str(phase.number), phase_name(phase)) for phase in scope.phases]
        )
        offer_choices(
            self, "jenis", [("", _("All kinds")), *((kind.slug, kind.name) for kind in kinds)]
        )

    def clean_dekat(self) -> Spot | None:
        """Return the point the text stands for."""
        typed = self.cleaned_data["dekat"]
        spot = find_spot(typed, self.scope.programme.root_region_id) if typed else None
        if typed and spot is None:
            raise ValidationError(
                _(
                    "“%(typed)s” is not a place we know the point of. Write a kelurahan, a "
                    "kecamatan, a code, or a point such as -6.24,106.78."
                ),
                params={"typed": typed},
            )
        return spot

    def clean(self) -> dict[str, Any]:
        """Ask near to what, where the nearest are wanted; a chosen area says it too."""
        chosen = super().clean() or self.cleaned_data
        wants = chosen.get("urut") == NEAREST and "dekat" in chosen
        if wants and not chosen["dekat"] and chosen.get("wilayah"):
            chosen["dekat"] = find_spot(chosen["wilayah"], self.scope.programme.root_region_id)
        if wants and not chosen["dekat"]:
            self.add_error("dekat", _("Near to what? Write a kelurahan, a kecamatan or a code."))
        return chosen

    @property
    def in_use(self) -> int:
        """How many filters narrow the list, apart from aid type, phase and order."""
        return sum(bool(self.data.get(name)) for name in NARROWING)

    @property
    def area_in_words(self) -> str:
        """What the list was narrowed to: the text that was typed, or the name of the area."""
        words = self._words()
        return words["q"].strip("“”") or words.get("wilayah", "") or words["dekat"]

    @property
    def chips(self) -> list[Chip]:
        """Every filter that is set, in words, with the address of the list without it."""
        words = self._words()
        return [
            Chip(name, words[name], self.address(**{name: None}))
            for name in (*NARROWING, "bantuan", "fase")
            if words.get(name)
        ]

    @property
    def wider_area(self) -> str | None:
        """The area around the chosen one: "" for the whole programme, None where none is chosen."""
        chosen, root = self.cleaned_data["wilayah"], self.scope.programme.root_region_id
        around = parent_of(chosen) if chosen else None
        return "" if around == root else around

    @property
    def tells_too_much(self) -> bool:
        """Tell whether a point was given more exactly than it is used and may be kept."""
        spot = self.cleaned_data.get("dekat")
        typed = str(self.data.get("dekat", "")).strip()
        return isinstance(spot, Spot) and spot.is_point and typed != spot.text

    def address(self, **changes: str | None) -> str:
        """Return the query string of what is chosen, with changes; what is usual is left out."""
        told = {name: str(value) for name, value in self.data.items() if name in self.fields}
        spot = self.cleaned_data.get("dekat")
        if told.get("dekat") and isinstance(spot, Spot):
            told["dekat"] = spot.text
        if "dekat" in changes and told.get("urut") == NEAREST:
            told.pop("urut")
        kept = told | {name: value or "" for name, value in changes.items()}
        usual = _defaults(self.scope, kept)
        query = QueryDict(mutable=True)
        for name in self.fields:
            value = kept.get(name, "").strip()
            if value and value != usual.get(name):
                query[name] = value
        return query.urlencode()

    def _words(self) -> dict[str, str]:
        chosen = self.cleaned_data
        spot = chosen["dekat"] if self.data.get("dekat") else None
        words = {
            "q": f"“{chosen['q']}”" if chosen["q"] else "",
            "terbuka": str(self.fields["terbuka"].label) if chosen["terbuka"] else "",
            "dekat": _("Near %(place)s") % {"place": spot.words} if spot else "",
        }
        named = [name for name in ("wilayah", "jenis") if chosen[name]]
        named += [name for name in ("bantuan", "fase") if chosen[name] != self.defaults[name]]
        return words | {name: self._name_of(name, chosen[name]) for name in named}

    def _name_of(self, name: str, value: str) -> str:
        offered: Any = self.fields[name]
        return str(dict(offered.choices)[value]).removeprefix("– ")


def _defaults(scope: Scope, typed: dict[str, Any]) -> dict[str, Any]:
    return {
        "bantuan": scope.main_aid_type.slug if scope.main_aid_type else "",
        "fase": str(scope.phase.number) if scope.phase else "",
        "urut": NEAREST if typed.get("dekat") else MISSING,
    }


def area_choices(area: str, root: Region) -> list[tuple[str, str | Promise]]:
    """Return the whole area, the way down to the chosen region, and what lies right below it."""
    chosen = area if is_code(area) and within(area, root.code) else root.code
    way = [region for region in path(chosen) if len(region.code) > len(root.code)]
    below = children(way[-1].code if way else root.code).exclude(level="RW")
    named = below.values_list("code", "name")
    return [
        ("", _("All of %(name)s") % {"name": root.short_name}),
        *((region.code, region.short_name) for region in way),
        *((code, f"– {short_name(name)}") for code, name in named),
    ]
