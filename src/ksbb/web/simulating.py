"""A simulation of the priority rule for a page, public or of the desk."""

from __future__ import annotations

from typing import Any, Final

from ksbb.priority.queries import rule_in_force
from ksbb.priority.reading import read_document, simulated
from ksbb.programmes.scope import Scope
from ksbb.shared.errors import DomainError
from ksbb.web.forms.priority import SimulationForm

SHOWN: Final = 50
"""Places of a simulation on the page."""


def simulation(form: SimulationForm, scope: Scope) -> dict[str, Any]:
    """Return what a page shows of a valid form: the rows, or why there are none."""
    rule = rule_in_force(scope.programme, scope.now)
    context: dict[str, Any] = {"rule": rule, "shown": SHOWN}
    if rule is None:
        return context
    try:
        document = read_document(
            rule,
            form.aid_type,
            form.phase,
            packages=form.cleaned_data["jumlah"],
            seed=form.seed,
            now=scope.now,
        )
        made = simulated(document)
    except DomainError as error:
        return context | {"why_not": str(error)}
    served = [one for one in made.rows if one.packages]
    return context | {
        "made": made,
        "served": served[:SHOWN],
        "places": len(served),
        "seed": form.seed,
        "aid_type": form.aid_type,
        "phase": form.phase,
    }
