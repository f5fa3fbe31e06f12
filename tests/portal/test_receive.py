from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.deliveries.actions.issue_link import VALID_FOR, issue_link
from ksbb.deliveries.models import Delivery, Receipt
from tests.factories.commitments import DESK, NOON
from tests.factories.deliveries import bring, make_planned
from tests.factories.needs import make_need
from tests.portal.giving import text_of
from tests.recount import faults


@pytest.fixture
def delivery() -> Delivery:
    """Return a delivery of 40, handed over and not yet confirmed."""
    return bring(make_planned({make_need(): 40}))


@pytest.fixture
def address(delivery: Delivery) -> str:
    """Return the one-time address for its receiver."""
    return f"/terima/{issue_link(delivery_id=delivery.pk, actor=DESK, now=NOON)}/"


def word(delivery: Delivery, quantity: str = "40", **other: str) -> dict[str, str]:
    line = delivery.lines.get()
    return {
        f"jumlah-{line.pk}": quantity,
        f"kondisi-{line.pk}": other.get("condition", "GOOD"),
        f"catatan-{line.pk}": other.get("remark", ""),
        "catatan": "",
    }


def test_the_receiver_says_what_arrived_and_is_thanked(
    client: Client, delivery: Delivery, address: str
) -> None:
    response = client.post(f"/en{address}", word(delivery, "38"), follow=True)

    line = delivery.lines.get().line
    assert "Thank you. Your word is recorded" in text_of(response)
    assert (line.delivered, line.received) == (40, 38)
    assert Entry.objects.filter(channel=Channel.RECEIPT_LINK, actor=None).count() >= 1
    assert faults() == []


def test_the_receiver_may_say_that_nothing_arrived(
    client: Client, delivery: Delivery, address: str
) -> None:
    client.post(address, word(delivery, "0", condition="OTHER", remark="Tidak datang"))

    assert Receipt.objects.get().lines.get().quantity == 0


def test_a_second_press_acts_once_and_is_thanked_too(
    client: Client, delivery: Delivery, address: str
) -> None:
    client.post(address, word(delivery))

    again = client.post(f"/en{address}", word(delivery, "1"))

    assert "Thank you. Your word is recorded" in text_of(again)
    assert Receipt.objects.get().lines.get().quantity == 40


def test_a_used_link_is_over_for_everybody_else(
    client: Client, delivery: Delivery, address: str
) -> None:
    client.post(address, word(delivery))
    stranger = Client()

    asked, sent = stranger.get(f"/en{address}"), stranger.post(address, word(delivery, "1"))

    assert (asked.status_code, sent.status_code) == (410, 410)
    assert "This link was already used: the receipt is confirmed." in text_of(asked)
    assert Receipt.objects.get().lines.get().quantity == 40


def test_a_link_runs_out(
    client: Client, delivery: Delivery, address: str, settings: Settings
) -> None:
    settings.KSBB_CLOCK = (NOON + VALID_FOR + timedelta(seconds=1)).isoformat()

    response = client.post(f"/en{address}", word(delivery))

    assert response.status_code == 410
    assert "This link is no longer valid." in text_of(response)
    assert Receipt.objects.count() == 0


@pytest.mark.parametrize("token", ["x", "a" * 10_000, "%3Cscript%3E", "' OR 1=1 --"])
def test_an_unknown_link_is_a_clear_page(client: Client, token: str) -> None:
    response = client.get(f"/en/terima/{token}/")

    assert response.status_code == 404
    assert "This link is not known." in text_of(response)


@pytest.mark.parametrize(
    ("quantity", "other"),
    [
        ("", {}),
        ("-1", {}),
        ("banyak", {}),
        ("3,5", {}),
        ("9" * 10_000, {}),
        ("40", {"condition": ""}),
        ("40", {"condition": "STOLEN"}),
        ("40", {"condition": "OTHER"}),
        ("40", {"remark": "a" * 10_000}),
    ],
)
def test_an_answer_that_cannot_be_kept_is_asked_again(
    client: Client, delivery: Delivery, address: str, quantity: str, other: dict[str, Any]
) -> None:
    response = client.post(address, word(delivery, quantity, **other))

    line = delivery.lines.get()
    assert response.status_code == 422
    assert response.context["form"][f"jumlah-{line.pk}"].value() == quantity
    assert Receipt.objects.count() == 0


def test_an_empty_form_is_asked_again(client: Client, address: str) -> None:
    assert client.post(address, {}).status_code == 422
    assert Receipt.objects.count() == 0


def test_the_page_of_a_link_is_kept_by_nobody(client: Client, address: str) -> None:
    assert "no-store" in client.get(address).headers["Cache-Control"]
