"""The one exception whose text may be shown to a reader as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import Promise


class DomainError(Exception):
    """Something the reader can mend: ``str(error)`` says what, where and how.

    The message may be lazy; it is translated when it is read, so an error raised by an
    action speaks the language of the page, command or letter which shows it.
    """

    def __init__(self, message: str | Promise) -> None:
        """Keep the message unread until somebody shows it."""
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        """Return the sentence in the language that is active now."""
        return str(self.message)


def quoted(value: object, *, limit: int = 60) -> str:
    """Return what somebody typed on one line and short enough to stand inside a sentence."""
    words = " ".join(str(value).replace("\x00", " ").split())
    return words if len(words) <= limit else words[: limit - 1] + "…"
