from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from ksbb.funds.actions.bank import match
from ksbb.reports.actions.close_days import close_days
from ksbb.reports.figures import figures
from ksbb.reports.integrity import differences
from ksbb.reports.models import Change, Closing, OpenDay, Record, Snapshot, Standing
from ksbb.shared.append_only import lifted
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.deliveries import answer, bring, plan_it
from tests.factories.funds import make_aggregator, make_bank_row, make_confirmed, make_gift
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


def test_a_balance_or_a_gift_changed_by_hand_is_named_with_its_row() -> None:
    gift = make_confirmed(100)
    assert found() == []
    cash = gift.accounts.get(kind="CASH")

    execute(f"UPDATE funds_account SET balance = 99 WHERE id = {cash.pk}")
    execute(f"UPDATE funds_gift SET accepted = 90 WHERE id = {gift.pk}")

    assert found() == [
        ("funds_account", cash.pk, "balance", "99", "100"),
        ("funds_gift", gift.pk, "accepted", "90", "100"),
    ]


def test_an_answer_to_a_bank_row_that_holds_no_more_is_named() -> None:
    aggregator = make_aggregator()
    gifts = [make_gift(amount, aggregator=aggregator) for amount in (40, 60, 70)]
    both, single = make_bank_row(aggregator, 100), make_bank_row(aggregator, 70, text="lain")
    parts = {gifts[0].pk: 40, gifts[1].pk: 60}
    first, second = match(row_id=both.pk, parts=parts, actor=DESK, now=NOON)
    [third] = match(row_id=single.pk, parts={gifts[2].pk: None}, actor=DESK, now=NOON)
    assert found() == []

    # What the database refuses from everybody is done here past its guard.
    with lifted(connection):
        execute(f"UPDATE funds_bankanswer SET sen = 3900 WHERE id = {first.pk}")
    execute(f"UPDATE funds_gift SET aggregator_id = {gifts[0].donor_id} WHERE id = {gifts[2].pk}")

    about = [row for row in found() if row[0] == "funds_bankanswer"]
    assert about == [
        ("funds_bankanswer", first.pk, "sum", "9900", "10000"),
        ("funds_bankanswer", second.pk, "sum", "9900", "10000"),
        ("funds_bankanswer", third.pk, "aggregator", "CONFIRMED", "CONFIRMED"),
    ]


def test_the_command_ends_with_one_where_something_differs() -> None:
    need = make_need(100)
    execute(f"UPDATE needs_need SET quantity = 101 WHERE id = {need.pk}")
    out = StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("verify_integrity", stdout=out, stderr=StringIO())

    assert end.value.code == 1
    place = f"{need.target.code} / {need.phase.number} / {need.aid_type.slug}"
    assert f"needs_need {need.pk} ({place})" in out.getvalue()


@pytest.mark.parametrize("model", [Change, Closing, Record, Standing])
def test_a_sum_changed_by_hand_is_named_with_its_row(
    model: type[Change | Closing | Record | Standing],
) -> None:
    make_commitment({make_need(100): 40})
    close_days(now=NOON + timedelta(days=2))
    row = model.objects.filter(committed=40).order_by("-pk")[0]

    execute(f"UPDATE {model._meta.db_table} SET committed = 39 WHERE id = {row.pk}")

    assert (model._meta.db_table, row.pk, "committed", "39", "40") in found()


def test_a_sum_of_the_open_day_changed_by_hand_is_named_with_its_row() -> None:
    make_commitment({make_need(100): 40})
    close_days(now=NOON + timedelta(hours=2))
    row = OpenDay.objects.filter(committed=40).order_by("-pk")[0]

    execute(f"UPDATE reports_openday SET committed = 39 WHERE id = {row.pk}")

    assert found() == [("reports_openday", row.pk, "committed", "39", "40")]


def test_a_snapshot_changed_by_hand_is_named_with_its_hour() -> None:
    make_commitment({make_need(100): 40})
    close_days(now=NOON + timedelta(days=2))
    kept = Snapshot.objects.latest("at")

    kept.sums["reached"] = {"rw": 2}
    kept.save()

    assert [str(one) for one in differences()] == [
        f"reports_snapshot {kept.pk} (2020-05-01 12:59): reached rw tercatat 2, seharusnya 1."
    ]


def test_a_movement_that_came_too_late_is_found_and_a_rebuild_mends_it() -> None:
    need = make_need(100)
    close_days(now=NOON + timedelta(days=2))
    make_commitment({need: 40}, now=NOON)
    late = found()

    call_command("close_days", "--rebuild", stdout=StringIO())

    assert {(table, what) for table, _, what, _, _ in late} == {
        ("reports_change", what) for what in ("committed", "aided", "rw", "kelurahan")
    }
    assert found() == []
    assert figures(need.phase.programme, NOON).committed == {"sembako": 40}
