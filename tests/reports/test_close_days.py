from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from ksbb.programmes.enums import Stage
from ksbb.programmes.models import Programme
from ksbb.regions.enums import Level
from ksbb.reports.actions.close_days import close_days, reopen_days
from ksbb.reports.figures import as_json, figures
from ksbb.reports.fulfilment import fulfilment
from ksbb.reports.integrity import differences
from ksbb.reports.models import Change, Closing, OpenDay, Snapshot, Standing
from ksbb.reports.series import series
from ksbb.shared.clock import WIB
from tests.factories.commitments import make_commitment
from tests.factories.deliveries import bring, plan_it
from tests.factories.needs import make_need
from tests.factories.programmes import make_aid_type

pytestmark = pytest.mark.django_db

STOOD = ("day", "level", "area", "kind", "phase", "aid_type")
LAST_MOMENT = datetime(2020, 5, 1, 23, 59, 59, 999_999, tzinfo=WIB)
MIDNIGHT = datetime(2020, 5, 2, tzinfo=WIB)


@pytest.fixture
def programme() -> Programme:
    """Return a programme with 30 promised in the last moment of 1 May and 20 at midnight."""
    need = make_need(100)
    make_commitment({need: 30}, now=LAST_MOMENT)
    make_commitment({need: 20}, now=MIDNIGHT)
    return need.phase.programme


def sembako(programme: Programme, as_of: datetime) -> int:
    return figures(programme, as_of).committed["sembako"]


def derived() -> list[list[tuple[object, ...]]]:
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Change, Closing, Standing, OpenDay, Snapshot)
    ]


def test_a_day_belongs_to_itself_up_to_its_last_moment(programme: Programme) -> None:
    close_days(now=MIDNIGHT + timedelta(days=2))

    just_before = LAST_MOMENT - timedelta(microseconds=1)
    moments = [just_before, LAST_MOMENT, MIDNIGHT, MIDNIGHT + timedelta(days=1)]
    assert [sembako(programme, moment) for moment in moments] == [0, 30, 50, 50]


@pytest.mark.usefixtures("programme")
def test_a_day_is_closed_once_its_last_requests_have_ended() -> None:
    make_commitment({make_need(100): 10}, now=datetime(2020, 4, 30, 9, tzinfo=WIB))

    early = close_days(now=MIDNIGHT + timedelta(minutes=9))
    in_time = close_days(now=MIDNIGHT + timedelta(minutes=10))

    # The needs of tests came on the book on 20 April; 30 April is over too.
    assert (early, in_time) == (2, 1)
    assert Closing.objects.dates("day", "day").last() == LAST_MOMENT.date()


@pytest.mark.usefixtures("programme")
def test_closing_twice_leaves_everything_as_it_was() -> None:
    close_days(now=MIDNIGHT + timedelta(days=2))
    once = derived()

    again = close_days(now=MIDNIGHT + timedelta(days=2))

    assert again == 0
    assert derived() == once


def test_closing_hour_by_hour_ends_where_closing_late_does(programme: Programme) -> None:
    hours = [LAST_MOMENT + timedelta(hours=hour) for hour in range(-20, 40)]
    counted = [close_days(now=hour) for hour in hours]
    step_by_step = [as_json(figures(programme, hour)) for hour in hours]

    reopen_days()
    at_once = close_days(now=hours[-1])

    assert sum(counted) == at_once == 3
    assert [as_json(figures(programme, hour)) for hour in hours] == step_by_step


def test_a_settled_moment_is_read_without_the_ledgers(programme: Programme) -> None:
    close_days(now=MIDNIGHT + timedelta(days=2))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        figures(programme, LAST_MOMENT)

    read = " ".join(query["sql"] for query in queries.captured_queries)
    assert "reports_snapshot" in read
    assert "commitments_movement" not in read
    assert "needs_needadjustment" not in read


def test_no_figure_costs_more_queries_where_there_is_more(programme: Programme) -> None:
    with CaptureQueriesContext(connection) as few:
        figures(programme, MIDNIGHT)
    make_commitment({make_need(100): 1, make_need(100): 2, make_need(100): 3}, now=MIDNIGHT)

    with CaptureQueriesContext(connection) as more:
        figures(programme, MIDNIGHT)

    assert len(few) == len(more) == 6


def test_another_rule_of_fulfilment_holds_at_once_and_for_the_past(programme: Programme) -> None:
    need = make_need(40)
    commitment = plan_it(make_commitment({need: 40}, now=MIDNIGHT), now=MIDNIGHT)
    bring(commitment, now=MIDNIGHT + timedelta(days=1))
    close_days(now=MIDNIGHT + timedelta(days=3))
    moments = [MIDNIGHT, MIDNIGHT + timedelta(days=1)]

    programme.fulfilment_stage = Stage.DELIVERED
    programme.save()
    at_once = [figures(programme, moment).phases[0].rw_fulfilled for moment in moments]
    close_days(now=MIDNIGHT + timedelta(days=3))

    assert at_once == [0, 1]
    assert [figures(programme, moment).phases[0].rw_fulfilled for moment in moments] == [0, 1]
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_two_at_once_carry_everything_once(programme: Programme) -> None:
    def close(_: int) -> int:
        try:
            return close_days(now=MIDNIGHT + timedelta(days=2))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        closed = list(threads.map(close, range(4)))

    assert sum(closed) == 3
    assert sembako(programme, MIDNIGHT) == 50
    assert differences() == []


def test_a_table_reads_one_day_however_many_were_closed(programme: Programme) -> None:
    need = make_need(100)
    for day in range(2, 7):
        now = datetime(2020, 5, day, 12, tzinfo=WIB)
        make_commitment({need: 1}, now=now, planned_for=now.date())
    close_days(now=datetime(2020, 5, 8, tzinfo=WIB))
    kept = Standing.objects.filter(programme=programme, level=Level.REGENCY)

    by_day = [kept.filter(day=date(2020, 5, day)).count() for day in (3, 6)]
    closings = Closing.objects.filter(programme=programme, level=Level.REGENCY).count()

    assert by_day[0] == by_day[1]
    assert closings > by_day[1]
    newest = kept.filter(day=date(2020, 5, 6)).aggregate(sum=Sum("committed"))
    assert newest["sum"] == 55


def test_a_table_of_today_reads_no_change_of_the_hours_that_are_over(
    programme: Programme,
) -> None:
    now = MIDNIGHT + timedelta(hours=5)
    close_days(now=now)
    told = [tables(programme, moment) for moment in (MIDNIGHT, now)]
    # As if nothing had been carried: what is still told stands in the sums.
    Change.objects.filter(at__lt=MIDNIGHT + timedelta(hours=1)).delete()

    assert tables(programme, now) == told[1]
    assert told[1] == ({"31.74": 50, "31.74.05": 50, "31.74.05.1002": 50}, [(1, 30), (2, 50)])
    assert told[0] == told[1]


def test_hour_by_hour_a_table_says_what_the_ledgers_say(programme: Programme) -> None:
    need = make_need(100)
    for minutes in (0, 59, 60, 61, 180):
        make_commitment({need: 1}, now=MIDNIGHT + timedelta(minutes=minutes))
    moments = [MIDNIGHT + timedelta(minutes=step) for step in range(0, 260, 20)]
    from_ledgers = [tables(programme, moment) for moment in moments]

    for minutes in range(0, 400, 20):
        close_days(now=MIDNIGHT + timedelta(minutes=minutes))
        assert [tables(programme, moment) for moment in moments] == from_ledgers
        assert differences() == []
    assert OpenDay.objects.dates("at", "day").count() == 1
    assert OpenDay.objects.values("at").distinct().count() == 2


def tables(programme: Programme, as_of: datetime) -> tuple[dict[str, int], list[tuple[int, int]]]:
    """Return what is committed by area on every level, and by day of May."""
    rows = [
        row
        for level in (Level.REGENCY, Level.DISTRICT, Level.VILLAGE)
        for row in fulfilment(programme, as_of, level=level, aid_type=make_aid_type()).rows
    ]
    points = series(programme, as_of, aid_type=make_aid_type())
    by_day = [(one.day.day, one.committed) for one in points if one.day.month == 5]
    return {row.code: row.sums.committed for row in rows}, by_day


def test_the_migration_adds_up_what_was_closed_before(programme: Programme) -> None:
    close_days(now=MIDNIGHT + timedelta(days=2))
    kept = [*Standing.objects.order_by(*STOOD).values_list(*STOOD, "need", "committed", "rw")]
    Standing.objects.all().delete()
    fill = import_module("ksbb.reports.migrations.0003_standings")._FILL  # noqa: SLF001

    with connection.cursor() as cursor:
        cursor.execute(fill)

    filled = Standing.objects.filter(programme=programme).order_by(*STOOD)
    assert list(filled.values_list(*STOOD, "need", "committed", "rw")) == kept
    assert list(differences()) == []
