"""What each collaborator has given, as of now: carried sums, and the ledger's last minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, F, QuerySet, Sum

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.models import CommitmentLine
from ksbb.deliveries.models import DeliveryLine
from ksbb.needs.models import Target
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


class GivenTo(NamedTuple):
    """What one collaborator gives for one need: keys of place and aid type, number of the phase."""

    place: int
    phase: int
    aid_type: int
    given: Given


class Helped(NamedTuple):
    """How many places hold anything of one collaborator."""

    rw: int
    institutions: int

    @property
    def total(self) -> int:
        """All places."""
        return self.rw + self.institutions


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


def places_of(programme: Programme, collaborator: Collaborator) -> QuerySet[Target]:
    """Return the places which hold anything of a collaborator, by name."""
    held = _standing_lines(programme, collaborator).values_list("need__target", flat=True)
    # Their keys first: asked in one, PostgreSQL looks for each place of the book among the lines.
    return (
        Target.objects.filter(pk__in=list(held.distinct()))
        .select_related("kind", "region")
        .order_by("name", "code")
    )


def helped(places: QuerySet[Target]) -> Helped:
    """Count the places of `places_of`."""
    counts = dict(places.order_by().values_list("kind__is_area").annotate(Count("pk")))
    return Helped(rw=counts.get(True, 0), institutions=counts.get(False, 0))


def given_to(
    programme: Programme, collaborator: Collaborator, places: Iterable[Target]
) -> list[GivenTo]:
    """Return what a collaborator gives to some places, in the order of phases and aid types."""
    lines = _standing_lines(programme, collaborator).filter(need__target__in=list(places))
    sums = lines.values("need__target", "need__phase__number", "need__aid_type").annotate(
        one=Sum("committed"), two=Sum("delivered"), three=Sum("received")
    )
    rows = sums.order_by("need__phase__number", "need__aid_type__position", "need").values_list(
        "need__target", "need__phase__number", "need__aid_type", "one", "two", "three"
    )
    return [GivenTo(place, phase, kind, Given(*given)) for place, phase, kind, *given in rows]


def open_differences(
    programme: Programme, collaborator: Collaborator, *, limit: int
) -> list[DeliveryLine]:
    """Return what places say did not arrive and nobody has settled yet, the newest first."""
    confirmed = DeliveryLine.objects.filter(
        delivery__commitment__collaborator=collaborator,
        delivery__commitment__programme=programme,
        delivery__receipt__isnull=False,
        received__lt=F("quantity"),
    )
    return list(
        confirmed.select_related(
            "delivery__target", "line__need__aid_type", "line__need__phase"
        ).order_by("-delivery__done_at", "-pk")[:limit]
    )


def _standing_lines(programme: Programme, collaborator: Collaborator) -> QuerySet[CommitmentLine]:
    return CommitmentLine.objects.filter(
        commitment__collaborator=collaborator, commitment__programme=programme, committed__gt=0
    )


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
