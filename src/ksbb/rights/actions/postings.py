"""Giving an officer an area to watch, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.accounts.enums import Role
from ksbb.accounts.models import User
from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.rights.models import Posting
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor

WATCHED_LEVELS = frozenset({Level.REGENCY, Level.DISTRICT, Level.VILLAGE})


class PostingRefusedError(DomainError):
    """The account cannot watch this area."""


@transaction.atomic
def post(
    *, user_id: int, region: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> User:
    """Let an officer watch an area and all below it; an account without a role becomes one.

    Raises PostingRefusedError for an unknown area, one that is no kota, kecamatan or kelurahan, one
    they watch already, and for whoever decides everywhere.
    """
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="post", user=user_id, region=region)
    )
    replay = find_replay(request)
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if replay:
        return user
    area = Region.objects.filter(code=region, level__in=WATCHED_LEVELS).first()
    _check(user, area, region)
    before, user.role = user.role, Role.AREA
    user.save(update_fields=["role"])
    Posting.objects.create(user=user, region_id=region, since=now)
    record(
        action="rights.post",
        obj=user,
        actor=actor,
        now=now,
        changes={"role": [before, user.role], "area": [None, region]},
        request=request,
    )
    return user


@transaction.atomic
def recall(
    *, user_id: int, region: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> User:
    """Take an area from an officer; with the last one the account has no role any more."""
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="recall", user=user_id, region=region)
    )
    replay = find_replay(request)
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    deleted, _by_model = Posting.objects.filter(user=user, region=region).delete()
    if replay or not deleted:
        return user
    before = user.role
    if user.role == Role.AREA and not Posting.objects.filter(user=user).exists():
        user.role = Role.NONE
        user.save(update_fields=["role"])
    record(
        action="rights.recall",
        obj=user,
        actor=actor,
        now=now,
        changes={"role": [before, user.role], "area": [region, None]},
        request=request,
    )
    return user


def _check(user: User, area: Region | None, typed: str) -> None:
    if area is None:
        raise PostingRefusedError(
            _("“%(code)s” is no kota, kecamatan or kelurahan. Write its code like 31.74.05.1002.")
            % {"code": typed[:40]}
        )
    if user.role not in {Role.NONE, Role.AREA}:
        raise PostingRefusedError(_("This account decides everywhere and needs no area."))
    if Posting.objects.filter(user=user, region=area).exists():
        raise PostingRefusedError(_("“%(area)s” is watched already.") % {"area": area.name})
