from __future__ import annotations

from datetime import timedelta

import pytest

from ksbb.audit.models import Entry
from ksbb.deliveries.actions.confirm import LinkEndedError, find_link
from ksbb.deliveries.actions.issue_link import LinkRefusedError, issue_link
from ksbb.deliveries.models import Delivery, ReceiptLink
from tests.factories.commitments import DESK, NOON
from tests.factories.deliveries import answer, bring, make_planned

pytestmark = pytest.mark.django_db


def link_to(delivery: Delivery, *, hours: int = 0) -> str:
    return issue_link(delivery_id=delivery.pk, actor=DESK, now=NOON + timedelta(hours=hours))


def test_a_link_leads_to_its_delivery_for_two_weeks() -> None:
    delivery = bring(make_planned())

    token = link_to(delivery)

    just_in_time = NOON + timedelta(days=14) - timedelta(seconds=1)
    assert find_link(token, just_in_time).delivery == delivery


def test_the_secret_is_kept_nowhere() -> None:
    token = link_to(bring(make_planned()))

    kept = [*ReceiptLink.objects.values(), *Entry.objects.values()]
    assert len(token) == 32
    assert token not in str(kept)


def test_two_links_are_never_the_same() -> None:
    delivery = bring(make_planned())

    assert link_to(delivery) != link_to(delivery)


def test_a_new_link_ends_the_older_ones() -> None:
    delivery = bring(make_planned())
    old = link_to(delivery)

    new = link_to(delivery, hours=1)

    an_hour_later = NOON + timedelta(hours=1)
    assert find_link(new, an_hour_later).delivery == delivery
    with pytest.raises(LinkEndedError):
        find_link(old, an_hour_later)


def test_a_link_can_be_made_after_the_hand_over_only() -> None:
    planned = make_planned().deliveries.get()

    with pytest.raises(LinkRefusedError):
        link_to(planned)

    assert list(ReceiptLink.objects.all()) == []


def test_no_link_is_made_for_what_is_confirmed() -> None:
    delivery = bring(make_planned())
    answer(delivery)

    with pytest.raises(LinkRefusedError):
        link_to(delivery)


def test_a_new_link_leaves_an_audit_row() -> None:
    link_to(bring(make_planned()))

    entry = Entry.objects.get(action="deliveries.issue_link")
    assert entry.object_id == str(ReceiptLink.objects.get().pk)


def test_the_same_request_makes_one_link_and_shows_it_again() -> None:
    delivery = bring(make_planned())

    def ask(key: str) -> str:
        return issue_link(delivery_id=delivery.pk, actor=DESK, now=NOON, idempotency_key=key)

    assert ask("kunci") == ask("kunci")
    assert ReceiptLink.objects.count() == 1
    assert ask("lain") != ask("kunci")
