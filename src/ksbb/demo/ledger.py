"""Rows made in memory in the order of events, to be written at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.db.models import Model

from ksbb.audit.models import Entry
from ksbb.collaborators.models import Collaborator, CollaboratorContact
from ksbb.commitments.enums import CLOSED, Reason
from ksbb.commitments.models import Commitment, CommitmentLine, Movement
from ksbb.commitments.rules import next_state
from ksbb.deliveries.models import Delivery, DeliveryLine, Receipt, ReceiptLine, ReceiptLink
from ksbb.demo.rows import ACTOR, BATCH
from ksbb.programmes.enums import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ksbb.demo.keys import Keys

Row = TypeVar("Row", bound=Model)

ORDER: Final[tuple[type[Model], ...]] = (
    Collaborator,
    CollaboratorContact,
    Entry,
    Commitment,
    CommitmentLine,
    Movement,
    Delivery,
    DeliveryLine,
    ReceiptLink,
    Receipt,
    ReceiptLine,
)
"""What a row points at is written before it."""


@dataclass(kw_only=True)
class Held:
    """A line of a commitment with its counters; in the database a trigger keeps them."""

    row: CommitmentLine
    target_id: int
    committed: int = 0
    delivered: int = 0
    received: int = 0

    @property
    def undelivered(self) -> int:
        """What is promised and not yet handed over."""
        return self.committed - self.delivered


class Ledger:
    """The rows of commitments and deliveries, with the two things every act writes."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._rows: dict[type[Model], list[Model]] = defaultdict(list)

    def add(self, model: type[Row], **fields: Any) -> Row:
        """Make a row with the next key of its table."""
        row = model(pk=self._keys.next(model), **fields)
        self._rows[model].append(row)
        return row

    def record(
        self,
        action: str,
        obj: Model,
        at: datetime,
        reason: str = "",
        changes: dict[str, Any] | None = None,
    ) -> Entry:
        """Write an act down."""
        return self.add(
            Entry,
            at=at,
            channel=ACTOR.channel,
            action=action,
            object_type=obj._meta.label_lower,
            object_id=str(obj.pk),
            reason=reason,
            changes=changes or {},
        )

    def step(
        self,
        commitment: Commitment,
        verb: str,
        at: datetime,
        *,
        due_at: datetime | None = None,
        reason: str = "",
        changes: dict[str, Any] | None = None,
    ) -> Entry:
        """Move a commitment along the state table."""
        before = commitment.state
        commitment.state = next_state(commitment, verb)
        commitment.due_at = due_at
        commitment.closed_at = at if commitment.state in CLOSED else None
        states = {"state": [str(before), str(commitment.state)]}
        return self.record(f"commitments.{verb}", commitment, at, reason, states | (changes or {}))

    def post(
        self, entry: Entry, reason: Reason, stage: Stage, changes: Iterable[tuple[Held, int]]
    ) -> None:
        """Write movements in the order of needs and carry them into the counters."""
        for line, delta in sorted(changes, key=lambda change: change[0].row.need_id):
            if delta:
                self.add(
                    Movement, line=line.row, stage=stage, delta=delta, reason=reason, at=entry.at,
                    entry=entry,
                )  # fmt: skip
                counter = stage.lower()
                setattr(line, counter, getattr(line, counter) + delta)

    def write(self) -> None:
        """Insert all rows made since the last time."""
        for model in ORDER:
            rows = self._rows.pop(model, [])
            model._default_manager.bulk_create(rows, batch_size=BATCH)  # noqa: SLF001 - documented
