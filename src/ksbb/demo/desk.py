"""Plays the events of the scenario in memory and keeps the rows the real actions would write.

The actions themselves take some milliseconds each; the whole scenario would take minutes.
`tests/demo/test_desk.py` plays commitments both ways and compares the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ksbb.commitments.enums import Reason, State
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.commitments.rules import CALLING
from ksbb.demo.events import Event, Verb
from ksbb.demo.handing import Handing
from ksbb.demo.ledger import Held, Ledger
from ksbb.demo.words import LEFT_TO_OTHERS
from ksbb.programmes.enums import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ksbb.demo.promises import Promise
    from ksbb.demo.roster import Roster
    from ksbb.demo.rows import PlaceKeys
    from ksbb.programmes.models import Programme


@dataclass(kw_only=True)
class Case:
    """A commitment with its lines in the order of the promise, and its deliveries."""

    promise: Promise
    commitment: Commitment
    lines: Sequence[Held]
    handing: Handing

    def at_place(self, event: Event) -> dict[int, Held]:
        """Return the lines an event is about, by their position in the promise."""
        return {position: self.lines[position] for position in event.quantities}


def is_left_to_others(text: str, commitment: Commitment) -> bool:
    """Whether what is given back for this reason is offered to whoever can bring it."""
    return text in LEFT_TO_OTHERS and commitment.state in CALLING


class Desk:
    """Takes one event after the other."""

    def __init__(
        self, ledger: Ledger, programme: Programme, keys: PlaceKeys, roster: Roster
    ) -> None:
        self._ledger, self._programme, self._keys, self._roster = ledger, programme, keys, roster
        self._cases: dict[str, Case] = {}
        self._acts: Mapping[Verb, Callable[[Case, Event], None]] = {
            Verb.ACCEPT: self._accept,
            Verb.REJECT: self._reject,
            Verb.SCHEDULE: self._schedule,
            Verb.CANCEL: self._cancel,
            Verb.EXPIRE: self._expire,
            Verb.HAND_OVER: self._hand_over,
            Verb.CONFIRM: self._confirm,
            Verb.CORRECT: self._correct,
        }

    def play(self, promises: Sequence[Promise], events: Sequence[Event]) -> None:
        """Turn events, which are in the order of time, into rows."""
        known = {promise.code: promise for promise in promises}
        self._confirmed = {(e.code, e.place) for e in events if e.verb == Verb.CONFIRM}
        for event in events:
            if event.verb == Verb.SUBMIT:
                self._submit(known[event.code], event.at)
            else:
                self._acts[event.verb](self._cases[event.code], event)

    def _submit(self, promise: Promise, at: datetime) -> None:
        commitment = self._ledger.add(
            Commitment,
            code=promise.code,
            programme=self._programme,
            collaborator=self._roster.known(promise.giver, at),
            state=State.DRAFT,
            created_at=at,
            submitted_at=at,
            planned_for=promise.planned_for,
            delivery_window=promise.window,
            remark=promise.remark,
            is_example=promise.is_example,
        )
        entry = self._ledger.record("commitments.reserve", commitment, at)
        lines = self._lines(promise, commitment)
        reserved = [(line, line.row.quantity) for line in lines]
        self._ledger.post(entry, Reason.RESERVE, Stage.COMMITTED, reserved)
        statement = {"statement_accepted": [False, True]}
        self._ledger.step(commitment, "submit", at, changes=statement)
        self._cases[promise.code] = Case(
            promise=promise,
            commitment=commitment,
            lines=lines,
            handing=Handing(self._ledger, commitment, lines),
        )

    def _lines(self, promise: Promise, commitment: Commitment) -> list[Held]:
        """Return the lines in the order of the promise, with keys in the order of the needs."""
        needs = {line.cell: self._keys.needs[line.cell] for line in promise.lines}
        quantities = dict(promise.lines)
        held = {
            cell: Held(
                row=self._ledger.add(
                    CommitmentLine,
                    commitment=commitment,
                    need_id=needs[cell],
                    quantity=quantities[cell],
                ),
                target_id=self._keys.targets[cell.place],
            )
            for cell in sorted(needs, key=needs.__getitem__)
        }
        return [held[line.cell] for line in promise.lines]

    def _accept(self, case: Case, event: Event) -> None:
        self._roster.verify(case.promise.giver, event.at)
        case.commitment.accepted_at = event.at
        due_at = event.at + timedelta(hours=self._programme.follow_up_hours)
        self._ledger.step(case.commitment, "accept", event.at, due_at=due_at)

    def _reject(self, case: Case, event: Event) -> None:
        self._roster.refuse_stranger(case.promise.giver, event.at, event.text)
        self._end(case, event, Reason.REJECT)

    def _expire(self, case: Case, event: Event) -> None:
        self._end(case, event, Reason.EXPIRE)

    def _end(self, case: Case, event: Event, reason: Reason) -> None:
        entry = self._ledger.step(case.commitment, event.verb, event.at, reason=event.text)
        freed = [(line, -line.committed) for line in case.lines]
        self._ledger.post(entry, reason, Stage.COMMITTED, freed)

    def _schedule(self, case: Case, event: Event) -> None:
        before = case.commitment.planned_for
        day = case.promise.agreed_for or case.promise.planned_for
        case.commitment.planned_for = day
        changes = {"planned_for": [before and before.isoformat(), day.isoformat()]}
        self._ledger.step(case.commitment, "schedule", event.at, changes=changes)
        case.handing.plan(day, case.promise.window)

    def _cancel(self, case: Case, event: Event) -> None:
        """Take a part back, or the whole where nothing would be left."""
        freed = [(case.lines[position], -n) for position, n in event.quantities.items()]
        freed.sort(key=lambda part: part[0].row.pk)
        lost = {str(line.row.pk): -delta for line, delta in freed}
        for_others = is_left_to_others(event.text, case.commitment)
        changes: dict[str, Any] = {"freed": lost} | ({"for_others": True} if for_others else {})
        if sum(lost.values()) == sum(line.committed for line in case.lines):
            entry = self._ledger.step(
                case.commitment, "cancel", event.at, reason=event.text, changes=changes
            )
        else:
            entry = self._ledger.record(
                "commitments.reduce", case.commitment, event.at, event.text, changes
            )
        reason = Reason.RELEASE if for_others else Reason.CANCEL
        self._ledger.post(entry, reason, Stage.COMMITTED, freed)

    def _hand_over(self, case: Case, event: Event) -> None:
        case.handing.hand_over(
            event,
            self._keys.targets[event.place],
            case.at_place(event),
            with_link=(event.code, event.place) in self._confirmed,
        )

    def _confirm(self, case: Case, event: Event) -> None:
        case.handing.confirm(event, self._keys.targets[event.place], case.at_place(event))

    def _correct(self, case: Case, event: Event) -> None:
        case.handing.correct(event, self._keys.targets[event.place], case.at_place(event))
