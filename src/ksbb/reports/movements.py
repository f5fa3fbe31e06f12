from __future__ import annotations

from django.db.models import QuerySet

from ksbb.commitments.enums import State
from ksbb.commitments.models import Movement
from ksbb.programmes.models import Programme


def latest_movements(programme: Programme, *, limit: int = 10) -> QuerySet[Movement]:
    """Return the newest rows of the ledger with all that a public page tells of them, newest first.

    A draft is still being filled in and not told. Name the giver by `public_name` only.
    """
    told = Movement.objects.filter(line__commitment__programme=programme).exclude(
        line__commitment__state=State.DRAFT
    )
    return told.select_related(
        "line__commitment__collaborator",
        "line__need__target__kind",
        "line__need__target__region",
        "line__need__aid_type",
        "line__need__phase",
    ).order_by("-at", "-pk")[:limit]
