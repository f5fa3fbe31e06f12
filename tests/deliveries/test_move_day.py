from __future__ import annotations

from datetime import date

import pytest

from ksbb.audit.models import Entry
from ksbb.audit.queries import ChangedMeanwhileError, newest_entry_id
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.submit import PlanRefusedError
from ksbb.commitments.enums import Window
from ksbb.commitments.models import Commitment
from ksbb.commitments.rules import MoveRefusedError
from ksbb.deliveries.actions.change import change
from ksbb.deliveries.actions.move_day import DayRefusedError, move_day
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery, DeliveryLine
from ksbb.needs.models import Need
from tests.factories.commitments import DELIVERY_DAY, DESK, NOON, line_of
from tests.factories.deliveries import bring, make_planned
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db

OTHER_DAY = date(2020, 5, 5)


def move(
    delivery: Delivery, day: date = OTHER_DAY, *, seen: int | None = None, key: str = ""
) -> Delivery:
    return move_day(
        delivery_id=delivery.pk,
        planned_for=day,
        delivery_window=Window.MORNING,
        actor=DESK,
        now=NOON,
        seen=seen,
        idempotency_key=key,
    )


def days(commitment: Commitment) -> dict[str, date]:
    """Return the day of each planned delivery, by the name of its place."""
    planned = commitment.deliveries.filter(state=DeliveryState.PLANNED)
    return dict(planned.values_list("target__name", "planned_for"))


def two_places() -> tuple[Commitment, Need, Need]:
    one, two = make_need(100), make_need(100)
    return make_planned({one: 40, two: 20}), one, two


def test_one_delivery_moves_and_the_others_keep_their_day() -> None:
    commitment, one, two = two_places()

    move(commitment.deliveries.get(target=one.target))

    assert days(commitment) == {one.target.name: OTHER_DAY, two.target.name: DELIVERY_DAY}
    entry = Entry.objects.get(action="deliveries.move_day")
    assert entry.changes["planned_for"] == ["2020-05-03", "2020-05-05"]


def test_a_hand_over_here_leaves_the_day_there_alone() -> None:
    commitment, one, two = two_places()
    move(commitment.deliveries.get(target=two.target))

    bring(commitment, {one: 30})

    assert days(commitment) == {one.target.name: DELIVERY_DAY, two.target.name: OTHER_DAY}


def test_a_place_that_is_new_gets_the_agreed_day_and_the_others_keep_theirs() -> None:
    commitment, one, two = two_places()
    move(commitment.deliveries.get(target=two.target))
    new = make_need(100)

    change(
        commitment_id=commitment.pk,
        less={line_of(commitment, one).pk: 15},
        more={new.pk: 15},
        reason="",
        actor=DESK,
        now=NOON,
    )

    assert days(commitment)[two.target.name] == OTHER_DAY
    assert days(commitment)[new.target.name] == DELIVERY_DAY
    planned = {line.line.need: line.planned for line in _lines(commitment)}
    assert planned == {one: 25, two: 20, new: 15}


def _lines(commitment: Commitment) -> list[DeliveryLine]:
    return [
        line
        for delivery in commitment.deliveries.order_by("pk")
        for line in delivery.lines.select_related("line__need")
    ]


def test_the_same_request_moves_once() -> None:
    commitment, one, _ = two_places()
    delivery = commitment.deliveries.get(target=one.target)

    for _again in range(2):
        move(delivery, key="satu")

    assert Entry.objects.filter(action="deliveries.move_day").count() == 1


def test_a_day_outside_the_programme_or_in_the_past_is_refused() -> None:
    commitment, one, _ = two_places()
    delivery = commitment.deliveries.get(target=one.target)

    for day in (date(2020, 4, 30), date(2021, 1, 1)):
        with pytest.raises(PlanRefusedError):
            move(delivery, day)

    assert days(commitment)[one.target.name] == DELIVERY_DAY


def test_what_was_brought_cannot_be_moved() -> None:
    commitment, one, _ = two_places()
    done = bring(commitment, {one: 40})

    with pytest.raises(DayRefusedError):
        move(done)


def test_a_withdrawn_promise_has_no_day_to_move() -> None:
    commitment, one, _ = two_places()
    cancel(commitment_id=commitment.pk, reason="batal", actor=DESK, now=NOON)

    with pytest.raises(MoveRefusedError):
        move(commitment.deliveries.get(target=one.target))


def test_who_did_not_see_the_last_step_is_told_so() -> None:
    commitment, one, _ = two_places()
    delivery = commitment.deliveries.get(target=one.target)
    seen = newest_entry_id(commitment)
    move(delivery, seen=seen)

    with pytest.raises(ChangedMeanwhileError):
        move(delivery, date(2020, 5, 6), seen=seen)
