from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment, CommitmentLine

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ksbb.needs.models import Target


def _with_lines(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    lines = CommitmentLine.objects.select_related(
        "need__target__kind", "need__phase", "need__aid_type"
    ).order_by("id")
    return commitments.select_related("collaborator", "programme").prefetch_related(
        Prefetch("lines", queryset=lines)
    )


def find_by_code(code: str) -> Commitment | None:
    """Return the commitment of a code, however it was typed, with its lines; None if unknown."""
    letters = "".join(filter(str.isalnum, code.upper()))
    spelled = f"{letters[:4]}-{letters[4:]}"
    return _with_lines(Commitment.objects.filter(code=spelled)).first()


def awaiting_decision() -> QuerySet[Commitment]:
    """Return what waits for the working group, oldest first."""
    return _with_lines(Commitment.objects.filter(state=State.SUBMITTED)).order_by(
        "submitted_at", "pk"
    )


def in_hand() -> QuerySet[Commitment]:
    """Return accepted, scheduled and half delivered commitments, the most urgent first."""
    states = (State.ACCEPTED, State.SCHEDULED, State.DELIVERING)
    return _with_lines(Commitment.objects.filter(state__in=states)).order_by(
        "due_at", "planned_for", "pk"
    )


def promised_to(target: Target) -> QuerySet[CommitmentLine]:
    """Return the lines that still stand on a target's needs, newest first."""
    return (
        CommitmentLine.objects.filter(need__target=target, committed__gt=0)
        .select_related("commitment__collaborator", "need__phase", "need__aid_type")
        .order_by("-commitment__created_at", "-pk")
    )
