"""Commitments of one giver that come out of one offer at the same time."""

from __future__ import annotations

from functools import partial

import pytest

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.models import Commitment
from ksbb.needs.models import Need
from ksbb.plans.actions import use_offers as module
from ksbb.plans.actions.offer import withdraw_offer
from ksbb.plans.enums import OfferState
from ksbb.plans.locking import LockedOffer
from ksbb.plans.models import Offer
from tests.concurrency.writers import GATE, at_once, behind, wait_at_the_gate
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import make_need
from tests.factories.plans import make_offer_of

pytestmark = pytest.mark.django_db(transaction=True)


def give(need: Need, giver: Collaborator) -> Commitment:
    return make_commitment({need: 30}, collaborator=giver)


def read_without_locking(collaborator: Collaborator) -> list[LockedOffer]:
    """Read offers as their lock does, but without one, and stop there."""
    rows = Offer.objects.filter(collaborator=collaborator, state=OfferState.OPEN)
    found = [LockedOffer(offer) for offer in rows.order_by("pk")]
    wait_at_the_gate()
    return found


def test_what_several_commit_at_once_all_comes_out_of_the_offer() -> None:
    giver = make_collaborator()
    offer = make_offer_of(100, collaborator=giver)
    needs = [make_need(100) for _ in range(4)]

    outcomes = at_once([partial(give, need, giver) for need in needs])

    assert {type(one) for one in outcomes} == {Commitment}
    offer.refresh_from_db()
    assert (offer.used, offer.state) == (100, OfferState.USED)


@pytest.mark.postgresql
def test_without_the_lock_one_of_two_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "lock_open_offers", read_without_locking)
    giver = make_collaborator()
    offer = make_offer_of(100, collaborator=giver)
    calls = [partial(give, make_need(100), giver) for _ in range(2)]

    outcomes = behind(GATE, *calls)

    assert {type(one) for one in outcomes} == {Commitment}
    offer.refresh_from_db()
    assert offer.used == 30


@pytest.mark.postgresql
def test_a_withdrawal_sees_what_was_committed_before_it() -> None:
    giver, need = make_collaborator(), make_need(100)
    offer = make_offer_of(30, collaborator=giver)
    held = f"SELECT 1 FROM plans_offer WHERE id = {offer.pk} FOR UPDATE"
    withdraw = partial(withdraw_offer, offer_id=offer.pk, actor=DESK, now=NOON)

    committed, withdrawn = behind(held, partial(give, need, giver), withdraw)

    assert isinstance(committed, Commitment)
    assert str(withdrawn) == "Kesediaan ini tidak terbuka lagi: terpakai habis."
    offer.refresh_from_db()
    assert (offer.used, offer.state) == (30, OfferState.USED)
