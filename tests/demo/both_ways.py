"""Plays commitments of the scenario through the real actions, and pictures the rows they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ksbb.audit.models import Entry
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.decide import accept, reject
from ksbb.commitments.actions.expire import expire
from ksbb.commitments.actions.promise import promise as make_promise
from ksbb.commitments.actions.reserve import LineRequest
from ksbb.commitments.actions.submit import Plan as DayPlan
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.deliveries.actions.confirm import Answer, confirm
from ksbb.deliveries.actions.correct import correct
from ksbb.deliveries.actions.hand_over import hand_over
from ksbb.deliveries.actions.issue_link import issue_link
from ksbb.deliveries.actions.plan import plan as plan_deliveries
from ksbb.deliveries.models import Delivery, DeliveryLine
from ksbb.demo.desk import is_left_to_others
from ksbb.demo.rows import ACTOR
from ksbb.demo.words import SHORT_RECEIPTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ksbb.demo.events import Event
    from ksbb.demo.promises import Promise
    from ksbb.demo.rows import PlaceKeys
    from ksbb.programmes.models import Programme

ABOUT_COMMITMENTS = ("commitments.commitment", "deliveries.receiptlink")


class Player:
    """Carries events out as the pages do."""

    def __init__(self, programme: Programme, keys: PlaceKeys, promises: Sequence[Promise]) -> None:
        self._programme, self._keys = programme, keys
        self._promises = {promise.code: promise for promise in promises}
        self._tokens: dict[tuple[str, str], str] = {}

    def play(self, events: Sequence[Event]) -> None:
        """Carry out all events; a link is issued where the receiver will confirm."""
        self._confirmed = {(e.code, e.place) for e in events if e.verb == "confirm"}
        for event in events:
            getattr(self, f"_{event.verb.value}")(event, self._promises[event.code])

    def _id(self, event: Event) -> int:
        return Commitment.objects.get(code=event.code).pk

    def _line(self, event: Event, position: int) -> CommitmentLine:
        cell = self._promises[event.code].lines[position].cell
        return CommitmentLine.objects.get(
            commitment__code=event.code, need_id=self._keys.needs[cell]
        )

    def _submit(self, event: Event, promise: Promise) -> None:
        made = make_promise(
            programme=self._programme,
            giver=Collaborator.objects.get(slug=promise.giver),
            lines=[LineRequest(self._keys.needs[cell], n) for cell, n in promise.lines],
            plan=DayPlan(
                planned_for=promise.planned_for,
                delivery_window=promise.window,
                remark=promise.remark,
                statement_accepted=True,
            ),
            actor=ACTOR,
            now=event.at,
        )
        Commitment.objects.filter(pk=made.pk).update(code=promise.code)

    def _accept(self, event: Event, _promise: Promise) -> None:
        accept(commitment_id=self._id(event), actor=ACTOR, now=event.at)

    def _reject(self, event: Event, _promise: Promise) -> None:
        reject(commitment_id=self._id(event), reason=event.text, actor=ACTOR, now=event.at)

    def _expire(self, event: Event, _promise: Promise) -> None:
        expire(commitment_id=self._id(event), actor=ACTOR, now=event.at)

    def _cancel(self, event: Event, _promise: Promise) -> None:
        quantities = {self._line(event, at).pk: n for at, n in event.quantities.items()}
        cancel(
            commitment_id=self._id(event),
            quantities=quantities,
            reason=event.text,
            for_others=is_left_to_others(event.text, Commitment.objects.get(code=event.code)),
            actor=ACTOR,
            now=event.at,
        )

    def _schedule(self, event: Event, promise: Promise) -> None:
        plan_deliveries(
            commitment_id=self._id(event),
            planned_for=promise.agreed_for or promise.planned_for,
            delivery_window=promise.window,
            actor=ACTOR,
            now=event.at,
        )

    def _delivery(self, event: Event, state: str) -> Delivery:
        return Delivery.objects.get(
            commitment__code=event.code, target__code=event.place, state=state
        )

    def _hand_over(self, event: Event, _promise: Promise) -> None:
        delivery = self._delivery(event, "PLANNED")
        brought = {self._line(event, at).pk: n for at, n in event.quantities.items()}
        hand_over(
            delivery_id=delivery.pk,
            quantities={line.pk: brought.get(line.line_id, 0) for line in delivery.lines.all()},
            actor=ACTOR,
            now=event.at,
        )
        if (event.code, event.place) in self._confirmed:
            self._tokens[event.code, event.place] = issue_link(
                delivery_id=delivery.pk, actor=ACTOR, now=event.at
            )

    def _confirm(self, event: Event, _promise: Promise) -> None:
        counted = {self._line(event, at).pk: n for at, n in event.quantities.items()}
        confirm(
            token=self._tokens[event.code, event.place],
            answers={
                line.pk: _answer(line, counted.get(line.line_id, 0), event.text)
                for line in self._delivery(event, "DONE").lines.all()
            },
            remark="",
            actor=ACTOR,
            now=event.at,
        )

    def _correct(self, event: Event, _promise: Promise) -> None:
        for position, truth in event.quantities.items():
            line = self._line(event, position)
            carried = self._delivery(event, "DONE").lines.get(line=line)
            correct(
                delivery_line_id=carried.pk,
                delivered=truth,
                received=truth,
                reason=event.text,
                actor=ACTOR,
                now=event.at,
            )


def _answer(line: DeliveryLine, quantity: int, remark: str) -> Answer:
    if quantity == line.quantity:
        return Answer(quantity, "GOOD", "")
    return Answer(quantity, SHORT_RECEIPTS.get(remark, "GOOD"), remark)


def picture() -> dict[str, dict[str, Any]]:
    """Return what the database says of each commitment, without keys that depend on the order."""
    return {commitment.code: _of(commitment) for commitment in Commitment.objects.all()}


def _of(commitment: Commitment) -> dict[str, Any]:
    lines = list(commitment.lines.order_by("need_id"))
    names = {str(line.pk): line.need_id for line in lines}
    return {
        # Which commitment is an example the scenario knows better: one was published.
        "commitment": _plain(commitment, "id", "collaborator_id", "is_example"),
        "lines": [_plain(line, "id", "commitment_id") for line in lines],
        "movements": [
            [(m.stage, m.delta, m.reason, m.at) for m in line.movements.order_by("id")]
            for line in lines
        ],
        "entries": [
            (e.at, e.action, e.reason, _named(e.changes, names)) for e in _entries(commitment)
        ],
        "deliveries": [_delivery(delivery) for delivery in commitment.deliveries.order_by("id")],
    }


def _plain(row: Any, *left_out: str) -> dict[str, Any]:
    fields = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in fields if name not in left_out}


def _entries(commitment: Commitment) -> list[Entry]:
    links = [
        str(link.pk)
        for delivery in commitment.deliveries.all()
        for link in delivery.receipt_links.all()
    ]
    about = {"commitments.commitment": [str(commitment.pk)], "deliveries.receiptlink": links}
    return [
        entry
        for entry in Entry.objects.filter(object_type__in=ABOUT_COMMITMENTS).order_by("at", "id")
        if entry.object_id in about[entry.object_type]
    ]


def _named(changes: Mapping[str, Any], names: Mapping[str, int]) -> dict[str, Any]:
    """Name the lines that were freed by their needs."""
    freed = changes.get("freed", {})
    return {**changes, "freed": {names[line]: quantity for line, quantity in freed.items()}}


def _delivery(delivery: Delivery) -> dict[str, Any]:
    receipt = getattr(delivery, "receipt", None)
    return {
        "delivery": _plain(delivery, "id", "commitment_id", "handover_number", "is_example"),
        "lines": [
            _plain(line, "id", "delivery_id", "line_id") for line in delivery.lines.order_by("id")
        ],
        "links": [
            _plain(link, "id", "delivery_id", "token_hash") for link in delivery.receipt_links.all()
        ],
        "receipt": receipt and _plain(receipt, "id", "delivery_id"),
        "answers": [
            _plain(line, "id", "receipt_id", "delivery_line_id")
            for line in (receipt.lines.order_by("id") if receipt else ())
        ],
    }
