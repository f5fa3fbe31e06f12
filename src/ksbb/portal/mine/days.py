"""The days of a commitment as entries of a calendar. No contact of anybody stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ksbb.audit.queries import newest_entry_id
from ksbb.commitments.enums import CLOSED, Window
from ksbb.commitments.models import Commitment
from ksbb.deliveries.models import Delivery
from ksbb.portal.mine.next_step import to_bring
from ksbb.portal.mine.own import address_of, address_of_delivery
from ksbb.programmes.words import counted
from ksbb.shared.clock import WIB
from ksbb.shared.formats import listing
from ksbb.shared.icalendar import Event

HOURS: Final = {
    Window.MORNING: (7, 11),
    Window.MIDDAY: (11, 15),
    Window.AFTERNOON: (15, 18),
    Window.EVENING: (18, 21),
}
CALL_FOR: Final = timedelta(minutes=30)
REMIND: Final = timedelta(hours=12)


def days_of(
    request: HttpRequest, commitment: Commitment, deliveries: Sequence[Delivery]
) -> list[Event]:
    """Return the deliveries still to be brought, before them the end of the time to call."""
    if commitment.state in CLOSED:
        return []
    sequence = newest_entry_id(commitment)
    planned = to_bring(deliveries)
    events = [*_call(request, commitment, sequence)]
    if not planned and commitment.planned_for:
        events.append(_wish(request, commitment, sequence))
    return events + [_delivery(request, one, sequence) for one in planned]


def day_of(request: HttpRequest, delivery: Delivery) -> Event:
    """Return one delivery, which has its commitment and lines at hand, as an entry."""
    return _delivery(request, delivery, newest_entry_id(delivery.commitment))


def _call(request: HttpRequest, commitment: Commitment, sequence: int) -> Iterator[Event]:
    if commitment.due_at and commitment.accepted_at:
        yield Event(
            uid=f"telepon.{commitment.code}@ksbb",
            sequence=sequence,
            starts=commitment.due_at - CALL_FOR,
            ends=commitment.due_at,
            summary=_("KSBB %(code)s: last moment to agree a day") % {"code": commitment.code},
            description=_("Call the place and write the day down, or the quantity is freed."),
            url=request.build_absolute_uri(address_of(commitment)),
            reminder=REMIND,
        )


def _wish(request: HttpRequest, commitment: Commitment, sequence: int) -> Event:
    starts, ends = _span(commitment.planned_for or date.max, commitment.delivery_window)
    return Event(
        uid=f"rencana.{commitment.code}@ksbb",
        sequence=sequence,
        starts=starts,
        ends=ends,
        summary=_("KSBB %(code)s: planned delivery") % {"code": commitment.code},
        description=_("Not agreed with the place yet."),
        url=request.build_absolute_uri(address_of(commitment)),
        is_tentative=True,
    )


def _delivery(request: HttpRequest, delivery: Delivery, sequence: int) -> Event:
    starts, ends = _span(delivery.planned_for, delivery.delivery_window)
    target, code = delivery.target, delivery.commitment.code
    goods = listing(
        counted(min(line.planned, line.line.undelivered), line.line.need.aid_type)
        for line in delivery.lines.all()
        if line.line.undelivered
    )
    return Event(
        uid=f"penyaluran-{delivery.pk}.{code}@ksbb",
        sequence=sequence,
        starts=starts,
        ends=ends,
        summary=_("KSBB: bring %(goods)s to %(place)s") % {"goods": goods, "place": target.name},
        description=_("Commitment %(code)s. Record the delivery on the spot.") % {"code": code},
        location=", ".join(filter(None, (target.name, target.address))),
        url=request.build_absolute_uri(address_of_delivery(delivery)),
        reminder=REMIND,
    )


def _span(day: date, window: str) -> tuple[datetime | date, datetime | date]:
    """Return the part of the day, or the whole of it where none was named."""
    if window not in HOURS:
        return day, day + timedelta(days=1)
    first, last = HOURS[Window(window)]
    return (
        datetime.combine(day, time(first), WIB),
        datetime.combine(day, time(last), WIB),
    )
