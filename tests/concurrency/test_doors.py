"""Many who want one need on PostgreSQL: few stand before its row, in the order of its doors."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from ksbb.commitments.models import Commitment
from tests.concurrency.writers import A_DOOR_FOR_EACH, behind, give
from tests.factories.collaborators import make_collaborator
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

DOORS = 8

BEFORE_THE_ROW = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event <> 'advisory'
"""


def twelve_meet_at_one_need() -> tuple[int, list[Commitment | Exception]]:
    """Let twelve come up to a row that is held; return how many stood before it, and the ends."""
    need = make_need(100)
    want = partial(give, need, make_collaborator(), 5)
    stood: list[int] = []

    def count() -> Commitment | Exception:
        with connection.cursor() as cursor:
            cursor.execute(BEFORE_THE_ROW)
            stood.append(cursor.fetchone()[0])
        return ValueError()

    held = f"SELECT 1 FROM needs_need WHERE id = {need.pk} FOR UPDATE"
    *outcomes, _counted = behind(held, *[want] * 12, count)
    return stood[0], outcomes


def assert_all_were_served(outcomes: list[Commitment | Exception]) -> None:
    assert {type(one) for one in outcomes} == {Commitment}
    assert faults() == []


def test_at_most_as_many_stand_before_a_row_as_the_need_has_doors() -> None:
    stood, outcomes = twelve_meet_at_one_need()

    assert 1 <= stood <= DOORS
    assert_all_were_served(outcomes)


def test_without_doors_all_stand_before_the_row(rewrite: Callable[..., None]) -> None:
    rewrite("commitments_take_at_once", A_DOOR_FOR_EACH)

    stood, outcomes = twelve_meet_at_one_need()

    assert stood == 12
    assert_all_were_served(outcomes)
