from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a file has come."""

    WAITING = "WAITING", _("waiting to be read")
    READING = "READING", _("being read")
    READY = "READY", _("ready to be looked at")
    QUEUED = "QUEUED", _("waiting to be written")
    COMMITTED = "COMMITTED", _("written into the book")
    UNDONE = "UNDONE", _("taken back")
    DISCARDED = "DISCARDED", _("discarded")
    FAILED = "FAILED", _("could not be read")


AT_WORK: Final = (State.WAITING, State.READING, State.QUEUED)
"""A worker has something to do, and the page tells how far it is."""

BEFORE_WRITING: Final = (State.WAITING, State.READING, State.READY, State.FAILED)
"""Nothing of the file stands in the book, so it can be discarded."""


class RowStatus(models.TextChoices):
    """What the reader says of a row; the values are those of `ksbb.intake`."""

    ACCEPT = "accept", _("accepted")
    WARN = "warn", _("accepted, please look")
    ASK = "ask", _("question")
    HOLD = "hold", _("on hold")
    CONFLICT = "conflict", _("contradiction")
    SKIP = "skip", _("left out")
    REJECT = "reject", _("refused")
    PRIVACY = "privacy", _("personal data")


READABLE: Final = (RowStatus.ACCEPT, RowStatus.WARN)
"""Such a row can go into the book."""


class Effect(models.TextChoices):
    """What a row would do to the book."""

    NEW = "NEW", _("new")
    CHANGED = "CHANGED", _("changed")
    UNCHANGED = "UNCHANGED", _("unchanged")
    HELD = "HELD", _("awaiting your decision")
    REFUSED = "REFUSED", _("not taken")


class Decision(models.TextChoices):
    """What an officer says about a row that waits for a decision; without one it stays out."""

    NONE = "", _("leave it out")
    TAKE = "TAKE", _("take the count; needs fall no lower than what is committed")
    COUNT = "COUNT", _("take the count; leave the needs as they are")
