"""The scenario as a list of events in time; everything the loader writes follows from it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ksbb.demo.marks import HORIZON

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from ksbb.demo.promises import Cut, HandOver, Promise


class Verb(StrEnum):
    """What happens to a commitment."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    REJECT = "reject"
    SCHEDULE = "schedule"
    CANCEL = "cancel"
    EXPIRE = "expire"
    HAND_OVER = "hand_over"
    CONFIRM = "confirm"
    CORRECT = "correct"


class Event(NamedTuple):
    """One act. `quantities` are units by the position of the line in its commitment.

    They say what is committed (submit), freed (reject, cancel, expire), brought (hand_over),
    counted by the receiver (confirm), or brought and received in truth (correct).
    """

    at: datetime
    code: str
    verb: Verb
    quantities: Mapping[int, int]
    place: str = ""
    text: str = ""


FREEING = (Verb.REJECT, Verb.CANCEL, Verb.EXPIRE)


class _Step(NamedTuple):
    at: datetime
    verb: Verb
    cut: Cut | None = None
    hand_over: HandOver | None = None


def events_of(promise: Promise) -> Iterator[Event]:
    """Yield what happens to a promise until the horizon or until nothing is left of it."""
    left = [line.quantity for line in promise.lines]
    for step in sorted(_steps(promise), key=lambda step: step.at):
        if step.at > HORIZON or not any(left):
            return
        if step.cut:
            yield Event(step.at, promise.code, step.verb, step.cut.quantities, text=step.cut.reason)
            left = [whole - step.cut.quantities.get(line, 0) for line, whole in enumerate(left)]
        elif step.hand_over:
            yield from _at_place(promise, step.verb, step.hand_over, step.at, left)
        else:
            whole = dict(enumerate(left)) if step.verb == Verb.SUBMIT else {}
            yield Event(step.at, promise.code, step.verb, whole)


def _steps(promise: Promise) -> Iterator[_Step]:
    yield _Step(promise.created_at, Verb.SUBMIT)
    if promise.accepted_at:
        yield _Step(promise.accepted_at, Verb.ACCEPT)
    if promise.scheduled_at:
        yield _Step(promise.scheduled_at, Verb.SCHEDULE)
    for cut in promise.cuts:
        yield _Step(cut.at, Verb(cut.verb), cut=cut)
    for hand_over in promise.hand_overs:
        yield _Step(hand_over.done_at, Verb.HAND_OVER, hand_over=hand_over)
        if hand_over.confirmed_at:
            yield _Step(hand_over.confirmed_at, Verb.CONFIRM, hand_over=hand_over)
        if hand_over.corrected_at:
            yield _Step(hand_over.corrected_at, Verb.CORRECT, hand_over=hand_over)


def _at_place(
    promise: Promise, verb: Verb, hand_over: HandOver, at: datetime, left: Sequence[int]
) -> Iterator[Event]:
    """Yield a hand-over, a receipt or a correction, unless nothing was left for the place."""
    brought = {
        position: left[position]
        for position, line in enumerate(promise.lines)
        if line.cell.place == hand_over.place and left[position]
    }
    if not brought:
        return
    largest = max(brought, key=brought.__getitem__)
    brought[largest] -= min(hand_over.short, brought[largest] - 1)
    stated = max(0, brought[largest] + hand_over.difference)
    if verb == Verb.HAND_OVER:
        yield Event(at, promise.code, verb, brought, place=hand_over.place)
    elif verb == Verb.CONFIRM:
        counted = brought | {largest: stated}
        yield Event(at, promise.code, verb, counted, hand_over.place, hand_over.remark)
    else:
        yield Event(at, promise.code, verb, {largest: stated}, hand_over.place, hand_over.reason)
