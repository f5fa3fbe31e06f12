"""What becomes of each commitment: accepted, scheduled, delivered, confirmed, or taken back.

A fate is drawn when the commitment is made, so that quantities which fall back are known ahead
and the figures of later slots take them into account.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Final

from ksbb.demo.hours import after, on, within
from ksbb.demo.marks import FIRST_RELEASE, HOLD_FROM, HOLD_PHASE, HOLD_TO, HORIZON
from ksbb.demo.pour import rounded
from ksbb.demo.promises import Cut, HandOver
from ksbb.demo.setting import CLOCK, LAST_DAY, PHASES
from ksbb.demo.words import (
    CANCELLATIONS,
    CORRECTIONS,
    REDUCTIONS,
    REJECTIONS,
    SHORT_RECEIPTS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from random import Random

    from ksbb.demo.promises import Promise

FOLLOW_UP: Final = timedelta(hours=48)
SHORTEST: Final = timedelta(hours=2)
"""Between being accepted and being brought lie two hours at least."""
QUIET: Final = timedelta(minutes=5)

REJECTED: Final = 0.02
EXPIRED: Final = 0.04
CANCELLED: Final = 0.06
REDUCED: Final = 0.1
"""Cumulative chances: up to 0.02 rejected, from there to 0.04 expired, and so on."""

NEVER_BROUGHT: Final = 0.03
BROUGHT_SHORT: Final = 0.02
CONFIRMED: Final = 0.87
DIFFERENT: Final = 0.03
CORRECTED: Final = 0.5
WORKER_MINUTES: Final = 5
"""How often overdue commitments are looked for."""

WINDOWS: Final = {
    "MORNING": (time(7, 30), 200),
    "MIDDAY": (time(11), 200),
    "AFTERNOON": (time(15), 170),
}
"""Part of the day, from when, and for how many minutes deliveries arrive."""


def day_wanted(phase: int, created_at: datetime, rng: Random) -> date:
    """Return a delivery day: in the phase, or soon after where the promise came late."""
    span = PHASES[phase]
    next_day = min(LAST_DAY, created_at.date() + timedelta(days=rng.choice((1, 1, 1, 2))))
    earliest = max(span.starts_on, next_day)
    latest = max(span.ends_on, earliest)
    return earliest + timedelta(days=rng.randint(0, (latest - earliest).days))


def draw_fate(promise: Promise, slot_end: datetime, rng: Random) -> None:
    """Write into the promise what becomes of it.

    A collaborator's first promise is always kept, so that it counts from its first day on. What
    is taken back falls into a later slot than the promise.
    """
    chance = 1.0 if promise.is_first else rng.random()
    decided_at = after(promise.created_at, (0.2, 14), rng)
    if chance < REJECTED and _reject(promise, max(decided_at, after(slot_end, (0.1, 3), rng)), rng):
        return
    promise.accepted_at = decided_at
    if REJECTED <= chance < EXPIRED and _expire(promise):
        return
    _schedule(promise, decided_at, rng)
    if EXPIRED <= chance < REDUCED:
        _take_back(promise, slot_end, rng, whole=chance < CANCELLED)


def may_cut(promise: Promise, at: datetime) -> bool:
    """Tell whether a promise may lose something then.

    Phase 3 stands still for its figures; and the 118 RW of 2 May must all have something that day.
    """
    held = promise.phase == HOLD_PHASE and HOLD_FROM <= at <= HOLD_TO
    return not held and at.date() != FIRST_RELEASE.date()


def _reject(promise: Promise, at: datetime, rng: Random) -> bool:
    return _cut_all(promise, at, "reject", rng.choice(REJECTIONS))


def _expire(promise: Promise) -> bool:
    """Let the time to call the contact run out, unless the demo's clock would stand in between."""
    if promise.accepted_at is None:
        return False
    due_at = promise.accepted_at + FOLLOW_UP
    late = due_at.minute % WORKER_MINUTES * 60 + due_at.second
    at = due_at + timedelta(seconds=(WORKER_MINUTES * 60 - late) % (WORKER_MINUTES * 60))
    return not HORIZON - QUIET < at <= CLOCK + QUIET and _cut_all(promise, at, "expire", "")


def _cut_all(promise: Promise, at: datetime, verb: str, reason: str) -> bool:
    if not may_cut(promise, at):
        return False
    quantities = dict(enumerate(line.quantity for line in promise.lines))
    promise.cuts.append(Cut(at, verb, quantities, reason))
    return True


def _schedule(promise: Promise, accepted_at: datetime, rng: Random) -> None:
    """Agree on a day, and bring everything on it unless nothing comes at all."""
    hour, minutes = WINDOWS[promise.window]
    first = on(promise.planned_for, hour) + timedelta(minutes=rng.randrange(minutes))
    while first < accepted_at + SHORTEST:
        first += timedelta(days=1)
    promise.agreed_for = first.date()
    latest = min(accepted_at + FOLLOW_UP - SHORTEST, first - SHORTEST / 2)
    promise.scheduled_at = within(accepted_at + SHORTEST / 4, latest, rng)
    if promise.is_first or rng.random() > NEVER_BROUGHT:
        promise.hand_overs = list(_hand_overs(promise, first, rng))


def _hand_overs(promise: Promise, first: datetime, rng: Random) -> Iterator[HandOver]:
    """Bring to one place after the other."""
    places = list(dict.fromkeys(line.cell.place for line in promise.lines))
    for number, place in enumerate(places):
        done_at = first + timedelta(minutes=number * rng.uniform(15, 25))
        hand_over = HandOver(place=place, done_at=done_at.replace(microsecond=0))
        if rng.random() < BROUGHT_SHORT:
            hand_over.short = rng.randint(2, 12)
        if rng.random() < CONFIRMED:
            _confirm(hand_over, rng)
        yield hand_over


def _confirm(hand_over: HandOver, rng: Random) -> None:
    hand_over.confirmed_at = after(hand_over.done_at, (0.3, 40), rng)
    if rng.random() > DIFFERENT:
        return
    hand_over.difference = rng.choice((-1, -2, -2, -3, -4, -6, -10, 1, 2))
    hand_over.remark = rng.choice(tuple(SHORT_RECEIPTS)) if hand_over.difference < 0 else ""
    if hand_over.difference < 0 and rng.random() < CORRECTED:
        hand_over.corrected_at = after(hand_over.confirmed_at, (3, 60), rng)
        hand_over.reason = rng.choice(CORRECTIONS)


def _take_back(promise: Promise, slot_end: datetime, rng: Random, *, whole: bool) -> None:
    """Cancel everything or a part before it is brought, if there is still time for it."""
    if promise.scheduled_at is None or not promise.hand_overs:
        return
    start = max(slot_end + timedelta(seconds=1), promise.scheduled_at)
    end = promise.hand_overs[0].done_at - SHORTEST
    at = within(start, end, rng) if start < end else end
    if at < start or not may_cut(promise, at):
        return
    if whole:
        _cut_all(promise, at, "cancel", rng.choice(CANCELLATIONS))
        return
    part = rng.uniform(0.2, 0.6)
    lost = {position: rounded(line.quantity * part) for position, line in enumerate(promise.lines)}
    lost = {position: quantity for position, quantity in lost.items() if quantity}
    if lost:
        promise.cuts.append(Cut(at, "cancel", lost, rng.choice(REDUCTIONS)))
