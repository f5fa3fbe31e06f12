"""The newest rows of the book in one sentence each, without saying who gives."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ksbb.commitments.enums import Reason
from ksbb.commitments.models import Movement
from ksbb.needs.models import Target
from ksbb.programmes.models import Programme
from ksbb.programmes.words import counted
from ksbb.reports.movements import latest_movements
from ksbb.shared.formats import ago

SHOWN: Final = 6

SENTENCES: Final[dict[str, Promise]] = {
    Reason.RESERVE: _("%(packages)s committed for"),
    Reason.DELIVER: _("%(packages)s handed over to"),
    Reason.RECEIVE: _("%(packages)s confirmed by"),
    Reason.CANCEL: _("%(packages)s free again for others:"),
    Reason.EXPIRE: _("%(packages)s free again for others:"),
    Reason.REJECT: _("%(packages)s free again for others:"),
    Reason.RELEASE: _("%(packages)s free again for others:"),
    Reason.CORRECT: _("%(packages)s corrected at"),
}


class Happened(NamedTuple):
    """“150 sembako committed for” RW 04, 2 hours ago."""

    words: str
    place: Target
    when: str


def happened(programme: Programme, now: datetime) -> list[Happened]:
    """Return the last things that happened, the newest first."""
    return [_told(movement, now) for movement in latest_movements(programme, limit=SHOWN)]


def _told(movement: Movement, now: datetime) -> Happened:
    need = movement.line.need
    packages = counted(abs(movement.delta), need.aid_type)
    return Happened(
        words=SENTENCES[movement.reason] % {"packages": packages},
        place=need.target,
        when=ago(movement.at, now),
    )
