"""The one way in which a file as a whole is refused."""

from __future__ import annotations

from ksbb.intake.reasons import Refusal


class UnreadableError(Exception):
    """The file cannot be read; `code` and `values` say why, as in a `Reason`."""

    def __init__(self, code: Refusal, **values: str | float) -> None:
        """Keep the reason as data."""
        super().__init__(code)
        self.code = code
        self.values = values
