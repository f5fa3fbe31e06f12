from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from ksbb.shared.vendor_sql import VendorSQL

pytestmark = pytest.mark.django_db(transaction=True)

OPERATION = VendorSQL(
    sqlite=["CREATE TABLE tests_vendor (name text)", "INSERT INTO tests_vendor VALUES ('100%;')"],
    postgresql=[
        "CREATE TABLE tests_vendor (name text)",
        "INSERT INTO tests_vendor VALUES ('100%;')",
    ],
    reverse_sqlite="DROP TABLE tests_vendor",
    reverse_postgresql="DROP TABLE tests_vendor",
)


def test_statements_run_as_they_stand_forwards_and_backwards() -> None:
    with connection.schema_editor() as editor:
        OPERATION.database_forwards("tests", editor, ProjectState(), ProjectState())
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM tests_vendor")
        names = cursor.fetchall()
    with connection.schema_editor() as editor:
        OPERATION.database_backwards("tests", editor, ProjectState(), ProjectState())

    assert names == [("100%;",)]
    assert "tests_vendor" not in connection.introspection.table_names()
