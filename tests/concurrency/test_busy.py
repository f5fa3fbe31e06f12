"""A reader whose turn does not come is told so, loses nothing, and may simply send again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client
from pytest_django import Settings

from ksbb.commitments.models import Commitment
from ksbb.deliveries.actions.issue_link import issue_link
from ksbb.deliveries.models import Delivery, Receipt
from tests.factories.commitments import DESK, NOON, line_of
from tests.factories.deliveries import bring, make_planned
from tests.recount import faults

pytestmark = pytest.mark.django_db(transaction=True)

IMPATIENT: Final = {
    "sqlite": "PRAGMA busy_timeout = 50",
    "postgresql": "SET lock_timeout = '50ms'",
}
PATIENT: Final = {
    "sqlite": "PRAGMA busy_timeout = 30000",
    "postgresql": "SET lock_timeout = '10s'",
}
TAKE: Final = {
    "sqlite": ["BEGIN IMMEDIATE"],
    "postgresql": ["BEGIN", "SELECT 1 FROM commitments_commitment FOR UPDATE"],
}


@pytest.fixture(autouse=True)
def _impatient(settings: Settings) -> Iterator[None]:
    """Let this connection give up early, and the clock stand in the days of the programme."""
    settings.KSBB_CLOCK = NOON.isoformat()
    execute(IMPATIENT[connection.vendor])
    yield
    execute(PATIENT[connection.vendor])


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def somebody_else_writing() -> Iterator[None]:
    """Hold what every writer of this test needs, from another connection."""
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    with other.cursor() as cursor:
        for statement in TAKE[connection.vendor]:
            cursor.execute(statement)
        yield
        cursor.execute("ROLLBACK")
    other.close()


@contextmanager
def somebody_else_in_turn() -> Iterator[None]:
    """Let another connection stay in a transaction, as Django begins one."""
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    other.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    yield
    other.rollback()
    other.close()


def make_link() -> tuple[Commitment, Delivery, str]:
    commitment = make_planned()
    delivery = bring(commitment)
    token = issue_link(delivery_id=delivery.pk, actor=DESK, now=NOON)
    return commitment, delivery, token


def say_all_arrived(client: Client, delivery: Delivery, token: str) -> int:
    """Send the receiver's form; return the status of the answer."""
    line = delivery.lines.get().pk
    form = {f"jumlah-{line}": "40", f"kondisi-{line}": "GOOD", f"catatan-{line}": "", "catatan": ""}
    return client.post(f"/terima/{token}/", form).status_code


def test_a_form_that_could_not_be_written_in_time_is_answered_with_503(client: Client) -> None:
    commitment, delivery, token = make_link()

    with somebody_else_writing():
        status = say_all_arrived(client, delivery, token)

    assert status == 503
    assert Receipt.objects.count() == 0
    assert line_of(commitment).received == 0


def test_the_same_form_sent_again_is_taken_once(client: Client) -> None:
    commitment, delivery, token = make_link()
    with somebody_else_writing():
        say_all_arrived(client, delivery, token)

    statuses = [say_all_arrived(client, delivery, token) for _ in range(2)]

    assert statuses[0] == 302
    assert Receipt.objects.count() == 1
    assert line_of(commitment).received == 40
    assert faults() == []


@pytest.mark.sqlite
def test_a_form_whose_turn_in_the_queue_does_not_come_is_answered_with_503(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _commitment, delivery, token = make_link()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)

    with somebody_else_in_turn():
        status = say_all_arrived(client, delivery, token)

    assert status == 503
    assert Receipt.objects.count() == 0
    assert say_all_arrived(client, delivery, token) == 302


def test_whoever_only_reads_is_not_kept_waiting(client: Client) -> None:
    _commitment, _delivery, token = make_link()

    with somebody_else_writing():
        assert client.get(f"/terima/{token}/").status_code == 200
