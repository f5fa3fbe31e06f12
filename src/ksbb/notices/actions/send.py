"""The life of a letter. Who sends it knows addresses and words; here are the turns."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import F

from ksbb.notices.enums import LetterState
from ksbb.notices.models import Letter

if TYPE_CHECKING:
    from datetime import datetime

PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720, 1440))
"""How long is waited after each try that failed; after the last one it is given up."""


def claim(now: datetime) -> Letter | None:
    """Take the letter that waits longest, for as long as its next pause; None where none is due.

    Two who send at once never hold the same letter. Whoever falls over while sending leaves it to
    be tried again: a letter goes out at least once, and rarely twice.
    """
    while True:
        due = Letter.objects.filter(state=LetterState.WAITING, next_at__lte=now)
        letter = due.select_related("notice__user").order_by("next_at", "pk").first()
        if letter is None:
            return None
        until = now + PAUSES[min(letter.tries, len(PAUSES) - 1)]
        mine = Letter.objects.filter(
            pk=letter.pk, tries=letter.tries, state=LetterState.WAITING, next_at=letter.next_at
        ).update(tries=F("tries") + 1, next_at=until)
        if mine:
            letter.tries += 1
            letter.next_at = until
            return letter


def close(letter: Letter, state: LetterState, now: datetime) -> None:
    """Write down that a letter was sent, or is not wanted."""
    Letter.objects.filter(pk=letter.pk).update(state=state, done_at=now)


def put_back(letter: Letter, now: datetime) -> None:
    """Leave a letter the mail server did not take to its next try, or give it up."""
    if letter.tries > len(PAUSES):
        close(letter, LetterState.FAILED, now)
