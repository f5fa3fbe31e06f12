from __future__ import annotations

from typing import NewType

from django.utils.translation import gettext as _

from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.shared.errors import DomainError

LockedCommitment = NewType("LockedCommitment", Commitment)
"""A commitment whose row this transaction holds, and with it all its lines."""


class UnknownCommitmentError(DomainError):
    """No commitment has this key."""


def lock_commitment(commitment_id: int) -> LockedCommitment:
    """Lock one commitment and return its fresh row.

    Whoever changes a line locks its commitment first, so the lines need no lock of their own.
    """
    row = (
        Commitment.objects.select_for_update(of=("self",))
        .select_related("collaborator", "programme")
        .filter(pk=commitment_id)
        .first()
    )
    if row is None:
        raise UnknownCommitmentError(_("This commitment does not exist."))
    return LockedCommitment(row)


def lines_of(commitment: LockedCommitment) -> list[CommitmentLine]:
    """Return the lines in the order of their needs, which is the order of every lock."""
    return list(commitment.lines.select_related("need").order_by("need_id"))
