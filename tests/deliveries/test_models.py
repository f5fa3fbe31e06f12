"""What the database itself refuses about deliveries and receipts."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from ksbb.deliveries.models import Delivery, DeliveryLine, Receipt, ReceiptLine
from tests.factories.commitments import NOON, make_commitment
from tests.factories.deliveries import answer, bring, make_planned

pytestmark = pytest.mark.django_db


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["deliveries_receipt", "deliveries_receiptline"])
@pytest.mark.parametrize("change", ["UPDATE {} SET remark = 'lain'", "DELETE FROM {}"])
def test_the_places_word_is_never_changed_or_deleted(table: str, change: str) -> None:
    answer(bring(make_planned()))

    with pytest.raises(IntegrityError, match="append-only"):
        execute(change.format(table))

    assert [row.remark for row in (Receipt.objects.get(), ReceiptLine.objects.get())] == ["", ""]


def test_a_delivery_is_confirmed_once() -> None:
    delivery = bring(make_planned())
    answer(delivery)

    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.create(delivery=delivery, confirmed_at=NOON)


@pytest.mark.parametrize("wrong", ["done_at = NULL", "handover_number = NULL", "state = 'PLANNED'"])
def test_a_hand_over_has_its_moment_and_its_number(wrong: str) -> None:
    bring(make_planned())

    with pytest.raises(IntegrityError, match="delivery_done_has_record"):
        execute(f"UPDATE deliveries_delivery SET {wrong}")


def test_a_plan_has_no_moment_yet() -> None:
    make_planned()

    with pytest.raises(IntegrityError, match="delivery_done_has_record"):
        execute("UPDATE deliveries_delivery SET handover_number = 'BA-2020-000001'")


def test_no_two_hand_overs_have_one_number() -> None:
    bring(make_planned())
    bring(make_planned())

    with pytest.raises(IntegrityError):
        execute("UPDATE deliveries_delivery SET handover_number = 'BA-2020-000001'")


def test_a_place_has_one_open_plan_of_a_commitment() -> None:
    delivery = make_planned().deliveries.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(
            commitment=delivery.commitment,
            target=delivery.target,
            planned_for=delivery.planned_for,
        )


def test_a_delivery_carries_a_promised_line_once() -> None:
    line = DeliveryLine.objects.get(delivery=make_planned().deliveries.get())

    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryLine.objects.create(delivery=line.delivery, line=line.line, planned=1)


@pytest.mark.parametrize("wrong", ["received = 41", "quantity = 39", "received = -1"])
def test_no_more_of_a_delivery_is_received_than_was_handed_over(wrong: str) -> None:
    answer(bring(make_planned()))

    with pytest.raises(IntegrityError):
        execute(f"UPDATE deliveries_deliveryline SET {wrong}")


def test_what_was_promised_only_has_no_delivery() -> None:
    assert list(make_commitment().deliveries.all()) == []
