"""A migration operation for what the two engines word differently, such as triggers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

    Statements = str | Sequence[str]


class VendorSQL(Operation):
    """Run statements written for the engine at hand: one string, or a sequence of strings.

    Every string is one statement (a trigger's body may hold semicolons, so nothing is split), and
    percent signs stand as they are. Every operation names its way back; ``()`` means that there is
    nothing to undo.
    """

    reduces_to_sql = True

    def __init__(
        self,
        *,
        sqlite: Statements,
        postgresql: Statements,
        reverse_sqlite: Statements,
        reverse_postgresql: Statements,
    ) -> None:
        """Take the statements for both engines, forwards and backwards."""
        self.sqlite = sqlite
        self.postgresql = postgresql
        self.reverse_sqlite = reverse_sqlite
        self.reverse_postgresql = reverse_postgresql

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are: only the database changes."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Run the statements forwards."""
        self._run(schema_editor, sqlite=self.sqlite, postgresql=self.postgresql)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Run the statements backwards."""
        self._run(
            schema_editor,
            sqlite=self.reverse_sqlite,
            postgresql=self.reverse_postgresql,
        )

    def describe(self) -> str:
        """Return the line which ``migrate --plan`` shows."""
        return "Run SQL of the engine at hand"

    def _run(self, schema_editor: BaseDatabaseSchemaEditor, **by_vendor: Statements) -> None:
        statements = by_vendor[schema_editor.connection.vendor]
        for statement in [statements] if isinstance(statements, str) else statements:
            schema_editor.execute(statement, params=None)
