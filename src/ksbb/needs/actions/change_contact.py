from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.needs.models import Target, TargetContact
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


class ContactRefusedError(DomainError):
    """The contact lacks something, or stands there already."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whom to call at a place."""

    role: str
    name: str
    phone: str


@transaction.atomic
def change_contact(
    *,
    target_id: int,
    person: Person,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> None:
    """Write down whom to call at a place, in the place of whoever stood there.

    The audit row says that it was entered or changed and keeps nothing of the person, so the
    contact can be erased. Raises ContactRefusedError, and ChangedMeanwhileError where something
    was done to the place after the entry `seen`.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="contact", target=target_id, person=_sealed(person)),
    )
    if find_replay(request):
        return
    target = Target.objects.select_for_update(no_key=True).get(pk=target_id)
    check_unchanged(target, seen=seen)
    standing = TargetContact.objects.filter(target=target).first()
    _check(person, standing)
    TargetContact.objects.update_or_create(target=target, defaults=vars(person))
    verb = "change_contact" if standing else "enter_contact"
    record(action=f"needs.{verb}", obj=target, actor=actor, now=now, request=request)


def _sealed(person: Person) -> str:
    # The audit row outlives the contact. A plain digest of a phone number could be guessed.
    return salted_hmac("ksbb.needs.contact", "\n".join(astuple(person))).hexdigest()


def _check(person: Person, standing: TargetContact | None) -> None:
    if not all(word.strip() for word in astuple(person)):
        raise ContactRefusedError(_("Write the role, the name and the phone number."))
    if standing and (standing.role, standing.name, standing.phone) == astuple(person):
        raise ContactRefusedError(_("This is the contact that stands already."))
