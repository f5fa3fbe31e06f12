"""The one exception whose text may be shown to a reader as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import Promise


class DomainError(Exception):
    """Something the reader can mend: ``str(error)`` says what, where and how.

    The message may be lazy, and its ``{parts}`` are filled in when it is read. So an error raised
    by an action speaks the language of the page, command or letter which shows it:
    ``DomainError(_("“{typed}” is not a number."), typed=quoted(text))``.
    """

    def __init__(self, message: str | Promise, **parts: object) -> None:
        """Keep the message unread until somebody shows it."""
        super().__init__(message)
        self.message = message
        self.parts = parts

    def __str__(self) -> str:
        """Return the sentence in the language that is active now."""
        sentence = str(self.message)
        return sentence.format(**self.parts) if self.parts else sentence


def quoted(value: object, *, limit: int = 60) -> str:
    """Return what somebody typed on one line and short enough to stand inside a sentence."""
    words = " ".join(str(value).replace("\x00", " ").split())
    return words if len(words) <= limit else words[: limit - 1] + "…"
