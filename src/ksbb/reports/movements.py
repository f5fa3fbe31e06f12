from __future__ import annotations

from ksbb.commitments.enums import State
from ksbb.commitments.models import Movement
from ksbb.programmes.models import Programme
from ksbb.reports.statements import fetch, statement


def latest_movements(programme: Programme, *, limit: int = 10) -> list[Movement]:
    """Return the newest rows of the ledger with all that a public page tells of them, newest first.

    A draft is still being filled in and not told. Name the giver by `public_name` only.
    """
    found = fetch(
        statement("rows/latest"), programme=programme.pk, untold=State.DRAFT.value, limit=limit
    )
    told = Movement.objects.filter(pk__in=[key for (key,) in found])
    return list(
        told.select_related(
            "line__commitment__collaborator",
            "line__need__target__kind",
            "line__need__target__region",
            "line__need__aid_type",
            "line__need__phase",
        ).order_by("-at", "-pk")
    )
