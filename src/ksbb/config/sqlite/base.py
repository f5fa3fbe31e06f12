"""The connection: a transaction that will write waits for its turn before it begins."""

from __future__ import annotations

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from ksbb.config.sqlite.turns import Turn, take_turn


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite as Django knows it, whose writers come in turn (docs/locking.md)."""

    turn: Turn | None = None

    def queue_file(self) -> str:
        """Return where writers of all processes stand in line."""
        return f"{self.settings_dict['NAME']}-queue"

    def _start_transaction_under_autocommit(self) -> None:
        writes = self.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]  # stubs lack it
        if writes and not self.is_in_memory_db():
            self._wait_for_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # as above
        except BaseException:
            self._give_back()
            raise

    def _commit(self) -> None:
        # Where this fails, Django rolls back.
        super()._commit()  # type: ignore[misc]  # as above
        self._give_back()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # as above
        finally:
            self._give_back()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # as above
        finally:
            self._give_back()

    def _wait_for_turn(self) -> None:
        seconds = self.settings_dict["OPTIONS"]["timeout"]
        self.turn = take_turn(self.queue_file(), seconds)
        if self.turn is None:
            message = f"database is locked: no turn came within {seconds} seconds"
            raise OperationalError(message)

    def _give_back(self) -> None:
        turn, self.turn = self.turn, None
        if turn:
            turn.give_back()
