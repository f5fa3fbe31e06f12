"""Letters to those who act for a collaborator, or to its contact where nobody has an account."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.accounts.enums import Role
from ksbb.accounts.models import User
from ksbb.collaborators.models import Membership
from ksbb.collaborators.queries import permits_to_renew
from ksbb.notices.actions.tell import About, Reader, tell
from ksbb.notices.enums import OPTIONAL, Kind
from ksbb.shared.clock import in_wib

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Model

    from ksbb.collaborators.models import Collaborator


def tell_givers(
    *, kind: Kind, about: Iterable[tuple[Model, Collaborator, str]], now: datetime
) -> int:
    """Tell those who act for givers of events: (object, giver, what makes the event another one).

    A giver without any account is told through its contact, and only of what it has to know.
    To be called in the transaction of the event.
    """
    events = list(about)
    readers = _readers({giver.pk for _obj, giver, _event in events}, kind)
    found = (About(obj, readers[giver.pk], event) for obj, giver, event in events)
    return tell(kind=kind, about=found, now=now)


@transaction.atomic
def remind_of_permits(*, now: datetime) -> int:
    """Tell the working group of permits that end soon, once for each end."""
    officers = User.objects.filter(role=Role.POKJA, is_active=True).order_by("pk")
    readers = tuple(Reader(user=pk) for pk in officers.values_list("pk", flat=True))
    today = in_wib(now).date()
    ending = permits_to_renew(today)
    about = [About(one.collaborator, readers, f"{one.pk}-{one.valid_until}") for one in ending]
    return tell(kind=Kind.PERMIT_ENDS, about=about, now=now)


def _readers(givers: set[int], kind: Kind) -> dict[int, tuple[Reader, ...]]:
    members: dict[int, list[Reader]] = defaultdict(list)
    rows = Membership.objects.filter(collaborator__in=givers, user__is_active=True)
    for giver, user in rows.order_by("pk").values_list("collaborator", "user"):
        members[giver].append(Reader(user=user))
    return {
        giver: tuple(members[giver]) or (() if kind in OPTIONAL else (Reader(giver=giver),))
        for giver in givers
    }
