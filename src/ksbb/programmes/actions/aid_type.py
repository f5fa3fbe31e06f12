"""The kinds of aid of a programme, with unit, reference price and contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.programmes.actions.write import SetupRefusedError, Values, check_named, kept, only, write
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.locking import GoneError, LockedProgramme, lock_programme
from ksbb.programmes.models import AidType
from ksbb.programmes.queries_use import is_in_use
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor

COLUMNS: Final = frozenset(
    {
        "name_id",
        "name_en",
        "counted_id",
        "counted_en",
        "unit",
        "frequency",
        "reference_price",
        "contents_id",
        "contents_en",
        "counts_toward_fulfilment",
    }
)


@transaction.atomic
def add_aid_type(
    *,
    programme_id: int,
    slug: str,
    values: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> AidType:
    """Add a kind of aid after those there are. Raises SetupRefusedError for a code in use."""
    values = only(values, COLUMNS)
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="aid", programme=programme_id, slug=slug, **kept(values)),
    )
    if replay := find_replay(request):
        return AidType.objects.get(pk=replay.object_id)
    programme = lock_programme(programme_id)
    check_named(values)
    if programme.aid_types.filter(slug=slug).exists():
        raise SetupRefusedError(
            _("The programme has a kind of aid with the code “%(slug)s” already.") % {"slug": slug}
        )
    _check_counting(programme, None, values)
    last = programme.aid_types.aggregate(last=Max("position"))["last"]
    made = AidType.objects.create(
        programme=programme, slug=slug, position=0 if last is None else last + 1, **values
    )
    record(
        action="programmes.add_aid_type",
        obj=made,
        actor=actor,
        now=now,
        changes={"slug": slug, **kept(values)},
        request=request,
    )
    return made


@transaction.atomic
def change_aid_type(
    *,
    aid_type_id: int,
    values: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> AidType:
    """Change a kind of aid; its code never, its unit as long as nothing is counted in it.

    Raises SetupRefusedError, and ChangedMeanwhileError after the audit entry `seen`.
    """
    values = only(values, COLUMNS)
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="change_aid", aid=aid_type_id, values=kept(values)),
    )
    replay = find_replay(request)
    programme, aid_type = _held(aid_type_id)
    if replay:
        return aid_type
    check_unchanged(aid_type, seen=seen)
    check_named(values)
    if values.get("unit", aid_type.unit) != aid_type.unit and is_in_use(aid_type):
        raise SetupRefusedError(
            _("Quantities are counted in this unit already, so it stays: %(unit)s.")
            % {"unit": aid_type.get_unit_display()}
        )
    _check_counting(programme, aid_type, values)
    write(
        aid_type, values, action="programmes.change_aid_type", actor=actor, now=now, request=request
    )
    return aid_type


@transaction.atomic
def remove_aid_type(
    *, aid_type_id: int, actor: Actor, now: datetime, idempotency_key: str = ""
) -> None:
    """Take a kind of aid away, with its rules, as long as nothing stands in it.

    Raises SetupRefusedError.
    """
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="remove_aid", aid=aid_type_id)
    )
    if find_replay(request):
        return
    programme, aid_type = _held(aid_type_id)
    if is_in_use(aid_type):
        raise SetupRefusedError(
            _("Needs or gifts are counted in “%(name)s”, so it stays.") % {"name": aid_type.name}
        )
    if programme.state != ProgrammeState.DRAFT:
        raise SetupRefusedError(
            _("The programme is published; what it offers is not taken away any more.")
        )
    record(
        action="programmes.remove_aid_type",
        obj=aid_type,
        actor=actor,
        now=now,
        changes={"slug": aid_type.slug},
        request=request,
    )
    programme.need_rules.filter(aid_type=aid_type).delete()
    aid_type.delete()


def _held(aid_type_id: int) -> tuple[LockedProgramme, AidType]:
    """Return a kind of aid under the lock of its programme."""
    found = AidType.objects.filter(pk=aid_type_id).first()
    if found is None:
        raise GoneError
    programme = lock_programme(found.programme_id)
    fresh = AidType.objects.filter(pk=aid_type_id).first()
    if fresh is None:
        raise GoneError
    return programme, fresh


def _check_counting(programme: LockedProgramme, aid_type: AidType | None, values: Values) -> None:
    """Hold what counts toward fulfilment to what it was when the programme was published."""
    before = aid_type is not None and aid_type.counts_toward_fulfilment
    counts = values.get("counts_toward_fulfilment", before)
    if programme.state != ProgrammeState.DRAFT and counts != before:
        raise SetupRefusedError(
            _("Published figures rest on this, so it stands: %(what)s.")
            % {"what": _("counts toward fulfilment")}
        )
