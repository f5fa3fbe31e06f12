"""One place entered by hand: with its count, and the contact if it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.needs.actions.change_contact import change_contact
from ksbb.needs.actions.enter import NewPlace, enter
from ksbb.needs.models import Target
from ksbb.needs.queries_alike import places_like
from ksbb.regions.models import Region
from ksbb.shared.codes import parent_of
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import listing
from ksbb.shared.text import normalise

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.needs.actions.change_contact import Person

COUNTS = ("families", "residents")


class PlaceRefusedError(DomainError):
    """The place stands already."""


class LooksAlikeError(PlaceRefusedError):
    """A place in the same kelurahan has nearly this name, and may be this one."""


@transaction.atomic
def enter_place(
    *,
    place: NewPlace,
    person: Person | None = None,
    is_another: bool = False,
    reason: str = "",
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Target:
    """Enter one place; it waits for verification, and its needs follow the rules with that.

    `is_another` says that somebody has looked at places with similar names. Raises
    PlaceRefusedError where it stands already, LooksAlikeError where it may be one of those.
    """
    request = Request(key=idempotency_key, fingerprint=_fingerprint(place, is_another))
    if replay := find_replay(request):
        return Target.objects.get(pk=replay.object_id)
    lock_village(place)
    _check(place, is_another=is_another)
    target = _enter(place, now)
    record(
        action="needs.enter_place",
        obj=target,
        actor=actor,
        now=now,
        reason=reason,
        changes={name: [None, place.values.get(name)] for name in COUNTS},
        request=request,
    )
    if person:
        change_contact(target_id=target.pk, person=person, actor=actor, now=now)
    return target


def lock_village(place: NewPlace) -> None:
    """Hold the kelurahan, so that two who enter one place there come one after the other."""
    village = parent_of(place.region) if place.kind.is_area else place.region
    Region.objects.select_for_update(no_key=True).get(pk=village)


def _check(place: NewPlace, *, is_another: bool) -> None:
    if place.kind.is_area:
        if standing := Target.objects.filter(code=place.region).first():
            raise _stands(standing)
        return
    alike = places_like(place.name, place.region)
    for one in alike:
        if one.kind_id == place.kind.pk and normalise(one.name) == normalise(place.name):
            raise _stands(one)
    if alike and not is_another:
        raise LooksAlikeError(
            _(
                "In this kelurahan there is already: %(names)s. Is it one of them? Then change its "
                "count there. If it is another place, say so below and send the form again."
            )
            % {"names": listing(f"“{one.name}” ({one.code})" for one in alike)}
        )


def _stands(target: Target) -> PlaceRefusedError:
    return PlaceRefusedError(
        _("“%(place)s” stands in the list already, with the code %(code)s. Change its count there.")
        % {"place": target.name, "code": target.code}
    )


def _enter(place: NewPlace, now: datetime) -> Target:
    try:
        with transaction.atomic():
            return enter([place], now=now).targets[0]
    except IntegrityError as error:
        # A list that was written at this moment does not wait for the kelurahan.
        raise PlaceRefusedError(
            _("Somebody entered a place in this kelurahan just now. Look there, then try again.")
        ) from error


def _fingerprint(place: NewPlace, is_another: bool) -> str:  # noqa: FBT001 - a part of the request
    return fingerprint(
        action="enter-place",
        kind=place.kind.pk,
        region=place.region,
        name=place.name,
        values=place.values,
        is_another=is_another,
    )
