"""A proposal as a page: its places, why each of them, and what other terms would do."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ksbb.allocation.explain import WhatIf
from ksbb.portal.forms.choice import ChoiceForm, Stop
from ksbb.portal.forms.terms import TermsForm
from ksbb.portal.scope import Scope
from ksbb.proposals.propose import Proposal
from ksbb.proposals.prose import Why, summary, what_if_of, why_of
from ksbb.regions.queries import paths
from ksbb.regions.words import in_words
from ksbb.shared.formats import decimal, number

GRADES: Final = (0.1, 0.25, 0.5, 1.0)
"""Where the classes of coverage begin, as on the map."""

_FIELDS: Final = {"within_km": "jauh", "max_stops": "tujuan", "min_drop": "minimal"}


class Row(NamedTuple):
    """A place of the proposal in words."""

    stop: Stop
    where: str
    why: Why | None

    @property
    def grade(self) -> int:
        """The class of coverage without this gift, 0 to 4."""
        return sum(self.stop.before >= least for least in GRADES)


class Other(NamedTuple):
    """Another term: what it is called, where it is applied, and what it would do."""

    name: str
    address: str
    effect: str


def page_of(
    scope: Scope, terms: TermsForm, proposal: Proposal, choice: ChoiceForm
) -> dict[str, Any]:
    """Return what the page shows."""
    stops = list(choice.stops)
    areas = {stop.place.code: stop.place.code.partition("-")[0] for stop in stops}
    chains = paths(set(areas.values()))
    return {
        "scope": scope,
        "as_of": proposal.as_of,
        "terms": terms,
        "form": choice,
        "proposal": proposal,
        "told": proposal.explanation,
        "summary": summary(proposal),
        "rows": [
            Row(
                stop,
                in_words(chains[areas[stop.place.code]]),
                why_of(proposal, stop.reason) if stop.reason else None,
            )
            for stop in stops
        ],
        "given": sum(stop.quantity for stop in stops),
        "others": [_other(terms, proposal, one) for one in proposal.explanation.what_ifs],
        "tiles": (settings.TILE_URL, settings.TILE_ATTRIBUTION),
    }


def _other(terms: TermsForm, proposal: Proposal, what_if: WhatIf) -> Other:
    return Other(
        name=_name_of(what_if),
        address=terms.address(**{_FIELDS[what_if.change]: what_if.to}),
        effect=what_if_of(proposal, what_if) or _("That would do no more."),
    )


def _name_of(what_if: WhatIf) -> str:
    if what_if.change == "within_km":
        return _("Go up to {km} km").format(km=decimal(what_if.to))
    whole = int(what_if.to)
    if what_if.change == "max_stops":
        return _("Make up to {stops} stops").format(stops=number(whole))
    return ngettext(
        "Bring at least {least} package to each", "Bring at least {least} packages to each", whole
    ).format(least=number(whole))
