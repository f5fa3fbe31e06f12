from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from ksbb.shared.append_only import AppendOnly, protected_tables


@pytest.mark.django_db
def test_every_table_that_was_made_append_only_still_is_after_all_migrations() -> None:
    # SQLite rebuilds a table that is altered, and drops its triggers with the old one.
    promised = {
        operation.table
        for migration in MigrationLoader(None).disk_migrations.values()
        for operation in migration.operations
        if isinstance(operation, AppendOnly)
    }

    assert promised
    assert protected_tables(connection) == sorted(promised)
