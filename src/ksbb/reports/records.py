"""What each collaborator has given, as of now: carried sums, and the ledger's last minutes."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from ksbb.collaborators.models import Collaborator
from ksbb.programmes.models import AidType, Programme
from ksbb.reports.models import BEGINNING
from ksbb.reports.reading import bookmark_of
from ksbb.reports.statements import fetch, statement


class Given(NamedTuple):
    """Packages of one aid type, net."""

    committed: int = 0
    delivered: int = 0
    received: int = 0

    def plus(self, other: Given) -> Given:
        """Return both together."""
        return Given(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def unconfirmed(self) -> int:
        """What was handed over and not confirmed by the places."""
        return self.delivered - self.received

    @property
    def confirmed_share(self) -> float | None:
        """Received by delivered; None where nothing was handed over."""
        return self.received / self.delivered if self.delivered else None


class _Row(NamedTuple):
    collaborator: int
    phase: int
    aid_type: int
    given: Given


def given_by_all(programme: Programme, now: datetime, aid_type: AidType) -> dict[int, Given]:
    """Return what each collaborator has given of one aid type, by its key."""
    sums: dict[int, Given] = defaultdict(Given)
    for row in _read(programme, now, aid_type=aid_type.pk):
        sums[row.collaborator] = sums[row.collaborator].plus(row.given)
    return dict(sums)


def given_by(
    programme: Programme, now: datetime, collaborator: Collaborator
) -> dict[tuple[int, int], Given]:
    """Return what one collaborator has given, by the keys of phase and aid type."""
    rows = _read(programme, now, collaborator=collaborator.pk)
    return {(row.phase, row.aid_type): row.given for row in rows}


def _read(
    programme: Programme, now: datetime, *, collaborator: int = 0, aid_type: int = 0
) -> list[_Row]:
    bookmark = bookmark_of(programme)
    # What was carried later than the moment that is asked for cannot be taken out again.
    carries = BEGINNING < bookmark.carried_until <= now
    rows = fetch(
        statement("records"),
        programme=programme.pk,
        carries=int(carries),
        collaborator=collaborator,
        aid_type=aid_type,
        after=bookmark.carried_until if carries else BEGINNING,
        until=now,
    )
    return [_Row(one, phase, kind, Given(*map(int, sums))) for one, phase, kind, *sums in rows]
