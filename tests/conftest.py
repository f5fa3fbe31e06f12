"""What every test may rely on. Two engines: SQLite, or the one KSBB_TEST_DATABASE names."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings

from ksbb.config.settings.environment import VAR
from ksbb.shared.append_only import lifted

if TYPE_CHECKING:
    from collections.abc import Iterator

# Machines are slow at times, and a failure must be there again when the test is repeated.
settings.register_profile("ksbb", deadline=None, derandomize=True)
settings.load_profile("ksbb")

# Seldom: looking for garbage took a fifth of the processor time.
gc.set_threshold(50_000, 20, 20)

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
"""Tables which `migrate` fills and no test changes."""

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database: only that runs again on PostgreSQL."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker(pytest.mark.database)


def pytest_collection_finish() -> None:
    """Look for garbage only among what the tests make."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Remove the file at which writers of this run's database stood in line."""
    for file in (VAR / "tests").glob(f"{os.getpid()}*-queue"):
        file.unlink()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what is about the other engine."""
    if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
        pytest.skip("about PostgreSQL; runs when KSBB_TEST_DATABASE names one")
    if item.get_closest_marker("sqlite") and connection.vendor != "sqlite":
        pytest.skip("about SQLite; runs when KSBB_TEST_DATABASE is not set")


@pytest.fixture(autouse=True, scope="session")
def _append_only_tables_can_be_emptied() -> Iterator[None]:
    """Let tests with committed data clean up: their tables refuse it, as they should.

    Row by row, because on PostgreSQL Django's TRUNCATE takes longer than most of these tests.
    """

    def teardown(_case: TransactionTestCase) -> None:
        tables = set(connection.introspection.django_table_names(only_existing=True)) - KEPT
        with transaction.atomic(), lifted(connection), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f'DELETE FROM "{table}"')

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(autouse=True)
def _nothing_left_from_the_test_before() -> Iterator[None]:
    """Begin each test in Indonesian and with an empty cache."""
    cache.clear()
    with translation.override("id"):
        yield
