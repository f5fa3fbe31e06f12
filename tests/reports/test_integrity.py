from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from ksbb.reports.integrity import differences
from tests.factories.commitments import make_commitment
from tests.factories.deliveries import answer, bring, plan_it
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def found() -> list[tuple[str, int, str, str, str]]:
    return [(one.table, one.key, one.what, one.stored, one.recounted) for one in differences()]


def test_a_book_written_by_the_actions_agrees() -> None:
    commitment = make_commitment({make_need(100): 40})
    plan_it(commitment)
    answer(bring(commitment), less=3)

    assert found() == []


@pytest.mark.parametrize("counter", ["committed", "quantity"])
def test_a_counter_changed_by_hand_is_named_with_its_row(counter: str) -> None:
    need = make_need(100)
    make_commitment({need: 40})
    right = {"committed": 40, "quantity": 100}[counter]

    execute(f"UPDATE needs_need SET {counter} = {counter} + 1 WHERE id = {need.pk}")

    assert found() == [("needs_need", need.pk, counter, str(right + 1), str(right))]


def test_a_line_changed_by_hand_is_named_with_its_row() -> None:
    commitment = make_commitment({make_need(100): 40})
    line = commitment.lines.get()

    execute(f"UPDATE commitments_commitmentline SET committed = 39 WHERE id = {line.pk}")

    assert found() == [("commitments_commitmentline", line.pk, "committed", "39", "40")]


def test_the_command_ends_with_one_where_something_differs() -> None:
    need = make_need(100)
    execute(f"UPDATE needs_need SET quantity = 101 WHERE id = {need.pk}")
    out = StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("verify_integrity", stdout=out, stderr=StringIO())

    assert end.value.code == 1
    place = f"{need.target.code} / {need.phase.number} / {need.aid_type.slug}"
    assert f"needs_need {need.pk} ({place})" in out.getvalue()
