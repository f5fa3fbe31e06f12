from __future__ import annotations

from typing import NewType

from django.db import connection
from django.utils.translation import gettext as _

from ksbb.batches.models import Batch
from ksbb.shared.errors import DomainError

LockedBatch = NewType("LockedBatch", Batch)
"""A batch whose row this transaction holds, and with it all its rows."""

_TURN = "SELECT pg_advisory_xact_lock(hashtextextended('batches.turn', 0))"


class UnknownBatchError(DomainError):
    """No batch has this key."""


def lock_batch(batch_id: int) -> LockedBatch:
    """Lock one batch and return its fresh row. Raises UnknownBatchError."""
    row = (
        Batch.objects.select_for_update(of=("self",), no_key=True)
        .select_related("programme", "area")
        .filter(pk=batch_id)
        .first()
    )
    if row is None:
        raise UnknownBatchError(_("This file is not here any more."))
    return LockedBatch(row)


def take_turn() -> None:
    """Wait until no other batch is being written or taken back; SQLite has one writer anyway.

    Two files may name the same new place: the second is to find it and not to meet it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_TURN)
