"""Why no plan could be made, as a sentence that says what to change."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ksbb.allocation.errors import CannotAllocate
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number


class NoPlanError(DomainError):
    """The offers and needs of now make no plan."""


def sentence(refusal: CannotAllocate) -> str:
    """Return the sentence of a refusal, in the language that is active."""
    known = {
        "empty": _("No place has such a need in this phase."),
        "no_packages": _("There is no open offer for this phase and kind of aid. Enter one first."),
        "all_full": _(
            "Every place the offers may reach is full. Ask a giver for a wider reach, or choose"
            " another phase."
        ),
        "minimum_impossible": _(
            "At least {least} per visit is more than the {packages} packages offered. Lower it."
        ).format(
            least=number(int(refusal.params.get("least", 0))),
            packages=number(int(refusal.params.get("packages", 0))),
        ),
        "overflow": _(
            "The numbers are too large to be planned exactly. Look through the offers and needs"
            " for one that was mistyped."
        ),
    }
    return known.get(refusal.code) or _(
        "The needs on record do not let us answer ({what}). Please tell the working group."
    ).format(what=refusal)
