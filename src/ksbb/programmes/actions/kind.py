"""Kinds of places, which all programmes share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.programmes.actions.write import SetupRefusedError, check_named, kept, only, write
from ksbb.programmes.locking import GoneError
from ksbb.programmes.models import TargetKind
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor

COLUMNS: Final = frozenset({"name_id", "name_en", "people_id", "people_en"})


@transaction.atomic
def add_kind(
    *, slug: str, values: Mapping[str, Any], actor: Actor, now: datetime, idempotency_key: str = ""
) -> TargetKind:
    """Add a kind of institution after those there are. Raises SetupRefusedError for a code in use.

    The kind that is an area (RW) comes with the regions and is not made here.
    """
    values = only(values, COLUMNS)
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="kind", slug=slug, **kept(values))
    )
    if replay := find_replay(request):
        return TargetKind.objects.get(pk=replay.object_id)
    check_named(values)
    if TargetKind.objects.filter(slug=slug).exists():
        raise SetupRefusedError(
            _("There is a kind of place with the code “%(slug)s” already.") % {"slug": slug}
        )
    last = TargetKind.objects.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    made = TargetKind.objects.create(slug=slug, is_area=False, position=position, **values)
    record(
        action="programmes.add_kind",
        obj=made,
        actor=actor,
        now=now,
        changes={"slug": slug, **kept(values)},
        request=request,
    )
    return made


@transaction.atomic
def change_kind(
    *,
    kind_id: int,
    values: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> TargetKind:
    """Change the words for a kind of place; its code never.

    Raises SetupRefusedError, and ChangedMeanwhileError after the audit entry `seen`.
    """
    values = only(values, COLUMNS)
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="change_kind", kind=kind_id, values=kept(values)),
    )
    replay = find_replay(request)
    kind = TargetKind.objects.select_for_update(no_key=True).filter(pk=kind_id).first()
    if kind is None:
        raise GoneError
    if replay:
        return kind
    check_unchanged(kind, seen=seen)
    check_named(values)
    write(kind, values, action="programmes.change_kind", actor=actor, now=now, request=request)
    return kind
