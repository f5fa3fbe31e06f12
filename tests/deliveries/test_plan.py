from __future__ import annotations

from datetime import date

import pytest

from ksbb.commitments.actions.decide import accept
from ksbb.commitments.actions.submit import PlanRefusedError
from ksbb.commitments.enums import State, Window
from ksbb.commitments.models import Commitment
from ksbb.commitments.rules import MoveRefusedError
from ksbb.deliveries.actions.plan import plan
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery, DeliveryLine
from tests.factories.commitments import DELIVERY_DAY, DESK, NOON, line_of, make_commitment
from tests.factories.deliveries import bring, make_planned
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type

pytestmark = pytest.mark.django_db


def agree(commitment: Commitment, day: date, *, key: str = "") -> list[Delivery]:
    return plan(
        commitment_id=commitment.pk,
        planned_for=day,
        delivery_window=Window.MORNING,
        actor=DESK,
        now=NOON,
        idempotency_key=key,
    )


def make_accepted() -> Commitment:
    return accept(commitment_id=make_commitment().pk, actor=DESK, now=NOON)


def test_each_place_gets_one_delivery_with_a_line_for_each_thing_it_is_to_get() -> None:
    here, there = make_target(), make_target()
    rice, rice_there = make_need(100, target=here), make_need(100, target=there)
    meals = make_need(100, target=here, aid_type=make_aid_type("makanan-siap-saji"))
    commitment = make_planned({rice: 40, rice_there: 30, meals: 20})

    planned = DeliveryLine.objects.filter(delivery__commitment=commitment)

    assert commitment.state == State.SCHEDULED
    assert list(planned.values_list("delivery__target", "line__need", "planned", "quantity")) == [
        (here.pk, rice.pk, 40, 0),
        (here.pk, meals.pk, 20, 0),
        (there.pk, rice_there.pk, 30, 0),
    ]
    assert set(commitment.deliveries.values_list("planned_for", "state")) == {
        (DELIVERY_DAY, DeliveryState.PLANNED)
    }


def test_a_second_plan_moves_the_day_of_the_first() -> None:
    commitment = make_accepted()
    [before] = agree(commitment, date(2020, 5, 4))

    [after] = agree(commitment, date(2020, 5, 6))

    assert after == before
    assert after.planned_for == date(2020, 5, 6)
    assert DeliveryLine.objects.get().planned == 40


def test_an_impossible_day_plans_nothing() -> None:
    commitment = make_accepted()

    with pytest.raises(PlanRefusedError):
        agree(commitment, date(2020, 5, 24))

    assert list(Delivery.objects.all()) == []


def test_what_is_not_accepted_yet_cannot_be_planned() -> None:
    with pytest.raises(MoveRefusedError):
        agree(make_commitment(), DELIVERY_DAY)

    assert list(Delivery.objects.all()) == []


def test_the_same_plan_sent_twice_is_one_plan() -> None:
    commitment = make_accepted()

    first, again = (agree(commitment, date(2020, 5, 4), key="klik") for _ in range(2))

    assert again == first
    assert Delivery.objects.count() == DeliveryLine.objects.count() == 1


def test_a_repeat_after_the_hand_over_plans_nothing_anew() -> None:
    need = make_need(100)
    commitment = make_commitment({need: 40})
    accept(commitment_id=commitment.pk, actor=DESK, now=NOON)
    agree(commitment, date(2020, 5, 4), key="klik")
    bring(commitment, {need: 40})

    assert agree(commitment, date(2020, 5, 4), key="klik") == []
    assert line_of(commitment).delivered == 40
