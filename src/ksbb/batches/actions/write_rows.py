"""Rows of a file as writes: new places, new counts, needs that follow."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ksbb.batches.compare import NEW_NEEDS, needs_after
from ksbb.batches.enums import Effect
from ksbb.batches.models import BatchRow
from ksbb.intake.rows import AREA
from ksbb.needs.actions.enter import NewPlace, enter
from ksbb.needs.actions.publish import publish
from ksbb.needs.actions.recount import Recount, recount
from ksbb.needs.models import Target
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import Programme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.batches.book import Terms

WRITTEN = ("written", "target_code", "made_region", "needs")


class Writer:
    """Writes rows chunk by chunk inside the caller's transaction and counts what it did."""

    def __init__(self, terms: Terms, *, reason: str, actor: Actor, now: datetime) -> None:
        """Say under which words and in whose name."""
        self.terms, self.reason, self.actor, self.now = terms, reason, actor, now
        self.tally = {"new": 0, "changed": 0, "needs": 0}

    def write(self, rows: Sequence[BatchRow]) -> None:
        """Write rows that were compared with the locked book."""
        new = [row for row in rows if row.effect == Effect.NEW]
        known = [row for row in rows if row.effect != Effect.NEW]
        if new:
            self._enter(new)
        if known:
            self._recount(known)
        for row in rows:
            row.written = True
        BatchRow.objects.bulk_update(rows, WRITTEN, batch_size=500)

    def _enter(self, rows: list[BatchRow]) -> None:
        entered = enter([self._new_place(row) for row in rows], now=self.now)
        for row, target in zip(rows, entered.targets, strict=True):
            row.target_code = target.code
            row.made_region = target.region_id in entered.regions
        self.tally["new"] += len(rows)

    def _new_place(self, row: BatchRow) -> NewPlace:
        return NewPlace(
            kind=self.terms.kinds[row.kind],
            region=row.place if row.kind == AREA else row.village,
            name=row.name,
            values=from_kept(row.after),
        )

    def _recount(self, rows: list[BatchRow]) -> None:
        targets = {
            one.code: one
            for one in Target.objects.filter(code__in=[row.target_code for row in rows])
        }
        for row in rows:
            row.needs = [list(one) for one in needs_after(row)]
        recount(
            [
                Recount(
                    target=targets[row.target_code],
                    values=from_kept(row.after),
                    needs=[(key, before, after) for key, before, after in row.needs],
                )
                for row in rows
            ],
            reason=self.reason,
            actor=self.actor,
            now=self.now,
        )
        for row in rows:
            if any(remark["code"] == NEW_NEEDS for remark in row.held) and not row.decision:
                self._publish(row, targets[row.target_code])
        self.tally["changed"] += len(rows)
        self.tally["needs"] += sum(len(row.needs) for row in rows)

    def _publish(self, row: BatchRow, target: Target) -> None:
        """Let a verified place that had no count have the needs which its first count gives."""
        known = set(target.needs.values_list("pk", flat=True))
        for programme in Programme.objects.filter(
            state=ProgrammeState.OPEN, target_kinds=target.kind_id
        ).order_by("pk"):
            publish(programme=programme, only=target, actor=self.actor, now=self.now)
        made = target.needs.exclude(pk__in=known).order_by("pk")
        row.needs += [[need.pk, 0, need.quantity] for need in made]


def from_kept(values: dict[str, Any] | None) -> dict[str, Any]:
    """Return values as columns of a place, from the form in which a batch keeps them."""
    columns = dict(values or {})
    if columns.get("counted_on"):
        columns["counted_on"] = date.fromisoformat(columns["counted_on"])
    return columns
