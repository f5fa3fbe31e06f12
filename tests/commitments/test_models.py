"""What the database itself holds, whoever writes: plain SQL stands for any other program."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from ksbb.commitments.enums import CLOSED, WAITING, State
from ksbb.commitments.models import Commitment, CommitmentLine, Movement
from ksbb.needs.models import Need
from tests.factories.commitments import NOON, line_of, make_commitment, make_draft
from tests.factories.deliveries import answer, bring, make_planned
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db


def execute(statement: str, *values: str | int | datetime) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def move(line: CommitmentLine, *moves: tuple[str, int]) -> None:
    """Write movements in one statement, past everything that is written in Python."""
    entry = Movement.objects.filter(line=line)[0].entry_id
    rows = ", ".join(["(%s, %s, %s, 'CORRECT', %s, %s)"] * len(moves))
    execute(
        "INSERT INTO commitments_movement (line_id, stage, delta, reason, at, entry_id) "
        f"VALUES {rows}",
        *(value for stage, delta in moves for value in (line.pk, stage, delta, NOON, entry)),
    )


def counters(row: Need | CommitmentLine) -> tuple[int, int, int]:
    row.refresh_from_db()
    return row.committed, row.delivered, row.received


def test_movements_written_in_sql_move_the_counters_of_line_and_need() -> None:
    need = make_need(100)
    line = line_of(make_commitment({need: 40}))
    make_commitment({need: 5})

    move(line, ("DELIVERED", 30), ("RECEIVED", 20), ("RECEIVED", 5), ("COMMITTED", -10))

    assert counters(line) == (30, 30, 25)
    assert counters(need) == (35, 30, 25)
    assert need.open == 65


@pytest.mark.parametrize(
    "moves",
    [
        [("COMMITTED", -41)],
        [("DELIVERED", 41)],
        [("RECEIVED", 1)],
        [("DELIVERED", 10), ("RECEIVED", 11)],
        [("DELIVERED", -1)],
        [("RECEIVED", -1)],
        [("COMMITTED", 1)],
        [("DELIVERED", 10), ("COMMITTED", -31)],
    ],
)
def test_a_movement_that_would_break_the_order_of_the_stages_is_refused(
    moves: list[tuple[str, int]],
) -> None:
    need = make_need(100)
    line = line_of(make_commitment({need: 40}))

    with pytest.raises(IntegrityError):
        move(line, *moves)

    assert counters(line) == counters(need) == (40, 0, 0)
    assert Movement.objects.count() == 1


def test_a_need_cannot_be_oversold_even_where_each_line_is_in_order() -> None:
    need = make_need(100)
    make_commitment({need: 70})
    line = CommitmentLine.objects.create(commitment=make_commitment(), need=need, quantity=40)
    entry = Movement.objects.all()[0].entry_id

    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.create(
            line=line, stage="COMMITTED", delta=31, reason="RESERVE", at=NOON, entry_id=entry
        )

    assert counters(need) == (70, 0, 0)


@pytest.mark.parametrize(
    ("stage", "delta"), [("COMMITTED", 0), ("LOST", 1), ("", 1), ("committed", -1)]
)
def test_a_movement_of_nothing_or_to_nowhere_is_refused(stage: str, delta: int) -> None:
    line = line_of(make_commitment())

    with pytest.raises(IntegrityError):
        move(line, (stage, delta))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE commitments_movement SET delta = 1",
        "UPDATE commitments_movement SET at = at",
        "DELETE FROM commitments_movement",
    ],
)
def test_a_movement_is_never_changed_or_deleted(statement: str) -> None:
    make_commitment()
    before = list(Movement.objects.values())

    with pytest.raises(IntegrityError, match="append-only"):
        execute(statement)

    assert list(Movement.objects.values()) == before


@pytest.mark.parametrize(
    "setting",
    [
        "committed = -1",
        "committed = 41",
        "quantity = 0",
        "quantity = -1",
        "delivered = 41",
        "received = 31",
        "delivered = 24",
    ],
)
def test_the_counters_of_a_line_cannot_be_out_of_order(setting: str) -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    answer(bring(commitment, {need: 30}), less=5)

    with pytest.raises(IntegrityError):
        execute(f"UPDATE commitments_commitmentline SET {setting}")

    assert counters(line_of(commitment)) == (40, 30, 25)


def test_a_commitment_has_one_line_for_a_need() -> None:
    need = make_need(100)
    commitment = make_commitment({need: 40})

    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentLine.objects.create(commitment=commitment, need=need, quantity=1)


@pytest.mark.parametrize("state", sorted(set(State) - set(WAITING)))
def test_a_clock_runs_only_while_somebody_must_act(state: State) -> None:
    draft = make_draft()
    closed_at = NOON if state in CLOSED else None

    with pytest.raises(IntegrityError, match="clock"), transaction.atomic():
        Commitment.objects.filter(pk=draft.pk).update(state=state, closed_at=closed_at)


@pytest.mark.parametrize("state", WAITING)
def test_where_somebody_must_act_a_clock_runs(state: State) -> None:
    draft = make_draft()

    with pytest.raises(IntegrityError, match="clock"), transaction.atomic():
        Commitment.objects.filter(pk=draft.pk).update(state=state, due_at=None)


@pytest.mark.parametrize(
    "wrong",
    [{"state": state, "closed_at": None} for state in CLOSED]
    + [{"state": State.SUBMITTED, "closed_at": NOON}],
)
def test_what_is_closed_has_a_moment_and_nothing_else_has(wrong: dict[str, Any]) -> None:
    draft = make_draft()

    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        Commitment.objects.filter(pk=draft.pk).update(due_at=None, **wrong)


def test_what_stands_on_the_book_cannot_be_deleted() -> None:
    commitment = make_commitment()

    with pytest.raises(ProtectedError):
        commitment.delete()
    with pytest.raises(ProtectedError):
        line_of(commitment).delete()
    with pytest.raises(ProtectedError):
        line_of(commitment).need.delete()


def test_a_line_knows_what_is_still_to_bring_and_what_is_not_confirmed() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    answer(bring(commitment, {need: 30}), less=5)

    line = line_of(commitment)

    assert (line.undelivered, line.unconfirmed) == (10, 5)
