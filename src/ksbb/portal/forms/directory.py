"""What the directory of collaborators can be narrowed to. Everything stands in the address."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.collaborators.enums import Kind
from ksbb.portal.scope import Scope
from ksbb.programmes.models import AidType
from ksbb.web.forms.fields import UNKNOWN
from ksbb.web.target_filter import NAME

COMMITTED: Final = "komitmen"
DELIVERED: Final = "disalurkan"

DONOR: Final = "donatur"
AGGREGATOR: Final = "agregator"


class DirectoryFilter(forms.Form):
    """Filters of `/kolaborator/`; one kind of aid at a time, so units never mix."""

    q = forms.CharField(
        label=gettext_lazy("Name of a collaborator"),
        help_text=gettext_lazy("Spelling mistakes do not matter."),
        max_length=120,
        required=False,
    )
    jenis = forms.ChoiceField(
        label=gettext_lazy("What it is"), required=False, error_messages=UNKNOWN
    )
    peran = forms.ChoiceField(
        label=gettext_lazy("Donor or aggregator"),
        choices=[
            ("", gettext_lazy("Both")),
            (DONOR, gettext_lazy("Donor: gives from its own")),
            (AGGREGATOR, gettext_lazy("Aggregator: gathers the gifts of many")),
        ],
        required=False,
        error_messages=UNKNOWN,
    )
    bantuan = forms.ChoiceField(label=gettext_lazy("Kind of aid"), error_messages=UNKNOWN)
    urut = forms.ChoiceField(
        label=gettext_lazy("Order"),
        choices=[
            (COMMITTED, gettext_lazy("Most committed first")),
            (DELIVERED, gettext_lazy("Most delivered first")),
            (NAME, gettext_lazy("By name")),
        ],
        error_messages=UNKNOWN,
    )

    def __init__(self, query: QueryDict, scope: Scope) -> None:
        """Fill what the address leaves out."""
        typed = {name: value for name, value in query.dict().items() if str(value).strip()}
        main = scope.main_aid_type
        super().__init__({"bantuan": main.slug if main else "", "urut": COMMITTED} | typed)
        self.scope = scope
        kinds: Any = self.fields["jenis"]
        kinds.choices = [("", _("All kinds")), *((k.value, k.label.capitalize()) for k in Kind)]
        aid: Any = self.fields["bantuan"]
        aid.choices = [(kind.slug, kind.name) for kind in scope.aid_types]

    @property
    def in_use(self) -> int:
        """How many filters narrow the list, apart from kind of aid and order."""
        return sum(bool(self.data.get(name)) for name in ("q", "jenis", "peran"))

    @property
    def aid_type(self) -> AidType:
        """The chosen kind of aid."""
        chosen = self.cleaned_data["bantuan"]
        return next(kind for kind in self.scope.aid_types if kind.slug == chosen)
