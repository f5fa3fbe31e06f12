from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ksbb.commitments.models import CommitmentLine, Movement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ksbb.audit.models import Entry
    from ksbb.commitments.enums import Reason
    from ksbb.programmes.enums import Stage


class Posting(NamedTuple):
    """A change of one line at one stage; zero is left out of the ledger."""

    line: CommitmentLine
    stage: Stage
    delta: int


def post(*, entry: Entry, reason: Reason, postings: Sequence[Posting]) -> None:
    """Write movements at the moment of their audit row, in the order of the needs they touch.

    The trigger adds them to the counters of line and need; a counter that would leave its
    bounds fails a check constraint and takes the whole transaction back.
    """
    ordered = sorted(postings, key=lambda posting: posting.line.need_id)
    Movement.objects.bulk_create(
        [
            Movement(
                line=posting.line,
                stage=posting.stage,
                delta=posting.delta,
                reason=reason,
                at=entry.at,
                entry=entry,
            )
            for posting in ordered
            if posting.delta
        ]
    )
