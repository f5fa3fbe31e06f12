from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q

from ksbb.collaborators.enums import Verification
from ksbb.commitments.enums import CLOSED, State
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.regions.queries import within

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from ksbb.accounts.models import User
    from ksbb.collaborators.models import Collaborator
    from ksbb.needs.models import Target
    from ksbb.programmes.models import Programme


def _with_lines(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    lines = CommitmentLine.objects.select_related(
        "need__target__kind", "need__phase", "need__aid_type"
    ).order_by("id")
    return commitments.select_related("collaborator", "programme").prefetch_related(
        Prefetch("lines", queryset=lines)
    )


def find_by_code(code: str) -> Commitment | None:
    """Return the commitment of a code, however it was typed, with its lines; None if unknown."""
    return _with_lines(Commitment.objects.filter(code=spelled(code))).first()


def spelled(code: str) -> str:
    """Return a code as it is kept (`K7F3-9Q2M`), whatever stands between its letters."""
    letters = "".join(filter(str.isalnum, code.upper()))
    return f"{letters[:4]}-{letters[4:]}"


def awaiting_decision() -> QuerySet[Commitment]:
    """Return what waits for the working group, oldest first."""
    return _with_lines(Commitment.objects.filter(state=State.SUBMITTED)).order_by(
        "submitted_at", "pk"
    )


def with_clock() -> QuerySet[Commitment]:
    """Return accepted commitments whose giver has yet to agree a day, the most urgent first."""
    return _with_lines(Commitment.objects.filter(state=State.ACCEPTED)).order_by("due_at", "pk")


def in_hand() -> QuerySet[Commitment]:
    """Return scheduled and half delivered commitments, the next day first."""
    states = (State.SCHEDULED, State.DELIVERING)
    return _with_lines(Commitment.objects.filter(state__in=states)).order_by("planned_for", "pk")


def running_in(programme: Programme) -> QuerySet[Commitment]:
    """Return the commitments of a programme which still await something."""
    return Commitment.objects.filter(programme=programme).exclude(state__in=CLOSED)


def all_submitted() -> QuerySet[Commitment]:
    """Return everything that was ever handed in, newest first."""
    return _with_lines(Commitment.objects.filter(submitted_at__isnull=False)).order_by("-pk")


def named(commitments: QuerySet[Commitment], words: str) -> QuerySet[Commitment]:
    """Keep the commitments with this code, however it was typed, or of a giver named like it."""
    return commitments.filter(Q(code=spelled(words)) | Q(collaborator__name__icontains=words))


def made_by(collaborator: Collaborator) -> QuerySet[Commitment]:
    """Return the commitments of one collaborator, newest first."""
    return _with_lines(Commitment.objects.filter(collaborator=collaborator)).order_by("-pk")


def given_by(user: User) -> QuerySet[Commitment]:
    """Return the commitments of all givers a person acts for; of a refused one there are none."""
    found = Commitment.objects.filter(collaborator__memberships__user=user)
    return _with_lines(found.exclude(collaborator__verification=Verification.REFUSED))


def promised_to(target: Target) -> QuerySet[CommitmentLine]:
    """Return the lines that still stand on a target's needs, newest first."""
    return (
        CommitmentLine.objects.filter(need__target=target, committed__gt=0)
        .select_related("commitment__collaborator", "need__phase", "need__aid_type")
        .order_by("-commitment__created_at", "-pk")
    )


def expiring(until: datetime) -> QuerySet[Commitment]:
    """Return accepted commitments whose time runs out by a moment, the most urgent first."""
    return with_clock().filter(due_at__lte=until)


def promised_in(area: str) -> Q:
    """Return the filter for commitments with a line on a need at or below a region code."""
    lines = CommitmentLine.objects.filter(commitment=OuterRef("pk"))
    return Q(Exists(lines.filter(within("need__target__region", area))))
