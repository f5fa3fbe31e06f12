from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from ksbb.collaborators.actions.tell import tell_givers
from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment
from ksbb.notices.enums import Kind

if TYPE_CHECKING:
    from datetime import datetime

REMINDED_BEFORE: Final = timedelta(hours=12)
"""So long before its time is over the giver of an accepted commitment is reminded."""


def tell_giver(kind: Kind, commitment: Commitment, *, now: datetime, event: str = "") -> None:
    """Tell those who act for the giver, in the transaction of the event."""
    tell_givers(kind=kind, about=[(commitment, commitment.collaborator, event)], now=now)


@transaction.atomic
def remind_of_clocks(*, now: datetime) -> int:
    """Remind the givers whose time to call is over within twelve hours, once for each clock."""
    running = Commitment.objects.filter(
        state=State.ACCEPTED, due_at__gt=now, due_at__lte=now + REMINDED_BEFORE
    )
    about = [
        (one, one.collaborator, one.due_at.isoformat() if one.due_at else "")
        for one in running.select_related("collaborator").order_by("due_at", "pk")
    ]
    return tell_givers(kind=Kind.CLOCK, about=about, now=now)
