"""Invented commitments and movements of any number, and the counters they add up to."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from benchmarks import setting
from benchmarks.bulk import Table
from ksbb.commitments.enums import Reason, State
from ksbb.commitments.models import Commitment, CommitmentLine, Movement
from ksbb.programmes.enums import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ksbb.audit.models import Entry
    from ksbb.collaborators.models import Collaborator
    from ksbb.programmes.models import Programme

LASTS: Final = timedelta(days=28)
LINES: Final = 3
"""Lines of one commitment, on needs far from each other."""

STRIDE: Final = 7_919


class History(NamedTuple):
    """Two lines make three movements: both are committed, the earlier one is delivered too."""

    needs: int
    movements: int

    @property
    def lines(self) -> range:
        """The lines by number; whole commitments only."""
        count = self.movements * 2 // 3
        return range(count - count % (2 * LINES))

    def committed(self) -> Counter[int]:
        """Return the sums per need, by its key."""
        return self._sums(self.lines)

    def delivered(self) -> Counter[int]:
        """Return the sums per need, by its key."""
        return self._sums(self.lines[::2])

    def tables(
        self, *, programme: Programme, collaborators: list[Collaborator], entry: Entry
    ) -> list[Table]:
        """Return the rows to load; every movement names the one audit row `entry`."""
        return [
            _commitments(self, programme, collaborators),
            _lines(self),
            _movements(self, entry),
        ]

    def at(self, line: int) -> datetime:
        """Return when a line was committed: evenly over the programme's days."""
        return setting.BEGUN + LASTS * (line / max(len(self.lines), 1))

    def need(self, line: int) -> int:
        """Return the key of the need a line is on."""
        return line * STRIDE % self.needs + 1

    def _sums(self, lines: range) -> Counter[int]:
        sums: Counter[int] = Counter()
        for line in lines:
            sums[self.need(line)] += quantity(line)
        return sums


def quantity(line: int) -> int:
    """Return how much a line promises."""
    return 1 + line % 3


def _commitments(
    history: History, programme: Programme, collaborators: list[Collaborator]
) -> Table:
    columns = (
        "id, code, programme_id, collaborator_id, state, created_at, submitted_at, "
        "delivery_window, remark, is_example"
    )
    rows = (
        (
            number + 1,
            f"BENCH{number:07d}",
            programme.pk,
            collaborators[number % len(collaborators)].pk,
            State.DELIVERING,
            history.at(number * LINES),
            history.at(number * LINES),
            "",
            "",
            True,
        )
        for number in range(len(history.lines) // LINES)
    )
    return Table(Commitment, columns, rows)


def _lines(history: History) -> Table:
    columns = "id, commitment_id, need_id, quantity, committed, delivered, received"
    rows = (
        (
            line + 1,
            line // LINES + 1,
            history.need(line),
            quantity(line),
            quantity(line),
            0 if line % 2 else quantity(line),
            0,
        )
        for line in history.lines
    )
    return Table(CommitmentLine, columns, rows)


def _movements(history: History, entry: Entry) -> Table:
    columns = "line_id, stage, delta, reason, at, entry_id"
    return Table(Movement, columns, _moves(history, entry))


def _moves(history: History, entry: Entry) -> Iterator[tuple[Any, ...]]:
    for line in history.lines:
        at = history.at(line)
        yield line + 1, Stage.COMMITTED, quantity(line), Reason.RESERVE, at, entry.pk
        if line % 2:
            earlier = line - 1
            yield earlier + 1, Stage.DELIVERED, quantity(earlier), Reason.DELIVER, at, entry.pk
