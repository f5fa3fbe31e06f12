"""Giving something that waits to one officer, so that two do not do the same work."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.rights.models import Assignment
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import moment

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.accounts.models import User
    from ksbb.audit.actors import Actor

Thing = TypeVar("Thing", bound=Model)


class AssignmentRefusedError(DomainError):
    """Somebody else was given the work in the meantime."""


@transaction.atomic
def assign(
    *,
    obj: Model,
    officer: User | None,
    expected: int | None,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Assignment | None:
    """Give an object to an officer, or with None to nobody.

    `expected` is the key of the officer whom the sender saw it with, None for nobody. Raises
    AssignmentRefusedError where it is with another one by now.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="assign", object=str(obj.pk), officer=officer.pk if officer else None
        ),
    )
    replay = find_replay(request)
    lock(obj)
    about = {"object_type": obj._meta.label_lower, "object_id": obj.pk}
    standing = Assignment.objects.filter(**about).select_related("officer").first()
    before = standing.officer if standing else None
    if replay or before == officer:
        return standing
    if standing and standing.officer_id != expected:
        raise AssignmentRefusedError(
            _("%(officer)s took this on %(when)s. Whoever wants it asks there first.")
            % {"officer": standing.officer, "when": moment(standing.since)}
        )
    if officer is None:
        Assignment.objects.filter(**about).delete()
        standing = None
    else:
        values = {"officer": officer, "since": now}
        standing, _made = Assignment.objects.update_or_create(**about, defaults=values)
    record(
        action="rights.assign",
        obj=obj,
        actor=actor,
        now=now,
        changes={"officer": [before and str(before), officer and str(officer)]},
        request=request,
    )
    return standing


def lock(obj: Model) -> None:
    """Hold the row of the object, so that two who take it come one after the other."""
    type(obj)._base_manager.select_for_update(no_key=True).get(pk=obj.pk)  # noqa: SLF001 - public
