from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator
from ksbb.needs.queries_list import targets_of
from ksbb.plans.enums import OfferState, Reach
from ksbb.plans.locking import lock_offer
from ksbb.plans.models import Offer
from ksbb.programmes.models import AidType, Phase
from ksbb.shared.clock import in_wib
from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import day, number

if TYPE_CHECKING:
    from datetime import date, datetime

    from ksbb.audit.actors import Actor
    from ksbb.regions.models import Region

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
MOST_PACKAGES = 100_000_000
MOST_METRES = 1_000_000
MOST_PLACES = 500


class OfferRefusedError(DomainError):
    """An offer is not one that a plan could use; the sentence says what to change."""


@dataclass(frozen=True, kw_only=True)
class Where:
    """Where packages may go: to an area, around a point (degrees), or to places by their codes."""

    reach: Reach
    area: Region | None = None
    point: tuple[float, float] | None = None
    metres: int | None = None
    places: tuple[str, ...] = ()


def new_code() -> str:
    """Return a public code such as `K7F3-9Q2M`, without look-alike letters."""
    letters = get_random_string(8, CODE_LETTERS)
    return f"{letters[:4]}-{letters[4:]}"


@transaction.atomic
def make_offer(
    *,
    collaborator: Collaborator,
    phase: Phase,
    aid_type: AidType,
    packages: int,
    where: Where,
    ready_from: date | None = None,
    ready_until: date | None = None,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Offer:
    """Leave the place of ``packages`` to the working group. Raises OfferRefusedError.

    Without days the whole phase is meant. Nothing is committed.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="offer",
            collaborator=collaborator.pk,
            phase=phase.pk,
            aid_type=aid_type.pk,
            packages=packages,
            where=[where.reach, where.area and where.area.pk, where.point, where.metres],
            places=where.places,
            days=[ready_from, ready_until],
        ),
    )
    if replay := find_replay(request):
        return Offer.objects.get(pk=replay.object_id)
    days = ready_from or phase.starts_on, ready_until or phase.ends_on
    _check_giver(collaborator)
    _check_what(phase, aid_type, packages, now)
    _check_days(phase, *days)
    _check_where(phase, where)
    offer = Offer.objects.create(
        code=new_code(),
        collaborator=collaborator,
        phase=phase,
        aid_type=aid_type,
        packages=packages,
        reach=where.reach,
        area=where.area,
        lat=where.point and where.point[0],
        lon=where.point and where.point[1],
        metres=where.metres,
        places=list(where.places),
        ready_from=days[0],
        ready_until=days[1],
        made_at=now,
    )
    record(
        action="plans.offer",
        obj=offer,
        actor=actor,
        now=now,
        changes={"quantity": packages},
        request=request,
    )
    return offer


@transaction.atomic
def withdraw_offer(
    *, offer_id: int, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Offer:
    """Take an offer back; plans that were published stay as they are. Raises OfferRefusedError."""
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="withdraw-offer", offer=offer_id)
    )
    replay = find_replay(request)
    offer = lock_offer(offer_id)
    if replay:
        return offer
    if offer.state != OfferState.OPEN:
        raise OfferRefusedError(
            _("This offer is not open any more: %(state)s.") % {"state": offer.get_state_display()}
        )
    offer.state = OfferState.WITHDRAWN
    offer.save(update_fields=["state"])
    record(action="plans.withdraw_offer", obj=offer, actor=actor, now=now, request=request)
    return offer


def _check_giver(collaborator: Collaborator) -> None:
    refused = Collaborator.objects.filter(pk=collaborator.pk, verification=Verification.REFUSED)
    if refused.exists():
        raise OfferRefusedError(_("This collaborator cannot make offers."))


def _check_what(phase: Phase, aid_type: AidType, packages: int, now: datetime) -> None:
    if aid_type.programme_id != phase.programme_id:
        raise OfferRefusedError(_("Phase and kind of aid belong to different programmes."))
    if not phase.programme.is_open:
        raise OfferRefusedError(
            _("The programme “%(name)s” takes no commitments: %(state)s.")
            % {"name": phase.programme.name, "state": phase.programme.get_state_display()}
        )
    if phase.ends_on < in_wib(now).date():
        raise OfferRefusedError(
            _("Phase %(number)s is over. Choose a later phase.") % {"number": phase.number}
        )
    if not 1 <= packages <= MOST_PACKAGES:
        raise OfferRefusedError(
            _("Offer at least 1 and at most %(most)s packages.") % {"most": number(MOST_PACKAGES)}
        )


def _check_days(phase: Phase, first: date, last: date) -> None:
    if not phase.starts_on <= first <= last <= phase.ends_on:
        raise OfferRefusedError(
            _("Choose days from %(first)s to %(last)s, the first not after the last.")
            % {"first": day(phase.starts_on), "last": day(phase.ends_on)}
        )


def _check_where(phase: Phase, where: Where) -> None:
    if where.reach == Reach.AREA and where.area is None:
        raise OfferRefusedError(_("Choose the area."))
    if where.reach == Reach.RADIUS:
        _check_circle(where)
    if where.reach == Reach.LIST:
        _check_list(phase, where.places)


def _check_circle(where: Where) -> None:
    if where.point is None:
        raise OfferRefusedError(_("Say around which point."))
    if where.metres is None or not 1 <= where.metres <= MOST_METRES:
        raise OfferRefusedError(_("Say how far from the point: from 0.1 to 1,000 km."))


def _check_list(phase: Phase, places: tuple[str, ...]) -> None:
    if not 1 <= len(places) <= MOST_PLACES:
        raise OfferRefusedError(
            _("Name at least 1 and at most %(most)s places by their codes.")
            % {"most": number(MOST_PLACES)}
        )
    known = set(_codes_of(phase, places))
    unknown = [code for code in places if code not in known]
    if unknown:
        raise OfferRefusedError(
            _("No verified place has the code “%(code)s”. Copy it from the page of the place.")
            % {"code": quoted(unknown[0])}
        )


def _codes_of(phase: Phase, places: tuple[str, ...]) -> list[str]:
    found = targets_of(phase.programme).filter(code__in=places)
    return list(found.values_list("code", flat=True))
