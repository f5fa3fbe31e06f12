from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth import get_user_model
from django.db import connections

from ksbb.audit.queries_version import read_version, still_holds
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need


@pytest.mark.django_db
def test_a_version_holds_until_an_action_is_done() -> None:
    need = make_need(100)
    made = read_version()
    assert still_holds(made)

    make_commitment({need: 10})

    assert not still_holds(made)


@pytest.mark.django_db
def test_a_session_or_a_count_of_logins_is_nothing_a_page_shows() -> None:
    made = read_version()

    get_user_model().objects.create(email="seseorang@example.org")

    assert still_holds(made)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_who_was_at_work_and_has_finished_may_have_written_something() -> None:
    with another_writer() as finish:
        made = read_version()
        assert still_holds(made)

        finish()

        assert not still_holds(made)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_who_began_later_and_wrote_nothing_does_not_matter() -> None:
    made = read_version()

    with another_writer() as finish:
        assert still_holds(made)
        finish()

    assert still_holds(made)


@contextmanager
def another_writer() -> Iterator[Callable[[], None]]:
    """Yield a function which lets a transaction of somebody else come to its end."""
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        yield other.commit
    finally:
        other.close()
