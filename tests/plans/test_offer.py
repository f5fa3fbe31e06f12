from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ksbb.audit.models import Entry
from ksbb.collaborators.enums import Verification
from ksbb.plans.actions.offer import OfferRefusedError, Where, withdraw_offer
from ksbb.plans.enums import OfferState, Reach
from ksbb.plans.models import Offer
from ksbb.plans.queries import open_offers
from ksbb.programmes.enums import ProgrammeState
from ksbb.shared.clock import WIB
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import make_target
from tests.factories.plans import anywhere, make_offer_of
from tests.factories.programmes import make_aid_type, make_kind, make_phase, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds() -> None:
    make_programme().target_kinds.set([make_kind()])


def test_an_offer_stands_open_and_takes_nothing() -> None:
    offer = make_offer_of(600)

    assert list(open_offers(make_aid_type(), make_phase())) == [offer]
    assert (offer.ready_from, offer.ready_until) == (date(2020, 5, 1), date(2020, 5, 7))
    assert Entry.objects.get(object_type="plans.offer").action == "plans.offer"


def test_the_same_request_makes_one_offer() -> None:
    giver, where = make_collaborator(), anywhere()

    first, second = (
        make_offer_of(where=where, collaborator=giver, idempotency_key="satu") for _ in range(2)
    )

    assert (first, Offer.objects.count()) == (second, 1)


def test_a_withdrawn_offer_is_planned_no_more() -> None:
    offer = make_offer_of()

    withdrawn = withdraw_offer(offer_id=offer.pk, actor=DESK, now=NOON)

    assert withdrawn.state == OfferState.WITHDRAWN
    assert list(open_offers(make_aid_type(), make_phase())) == []
    with pytest.raises(OfferRefusedError):
        withdraw_offer(offer_id=offer.pk, actor=DESK, now=NOON)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"packages": 0}, "minimal 1"),
        ({"packages": 100_000_001}, "100.000.000"),
        ({"ready_from": date(2020, 4, 30)}, "1 Mei 2020"),
        ({"ready_from": date(2020, 5, 3), "ready_until": date(2020, 5, 2)}, "7 Mei 2020"),
        ({"now": datetime(2020, 5, 8, 1, tzinfo=WIB)}, "sudah berakhir"),
        ({"where": Where(reach=Reach.AREA)}, "wilayah"),
        ({"where": Where(reach=Reach.RADIUS, metres=5)}, "titik"),
        ({"where": Where(reach=Reach.RADIUS, point=(0, 0), metres=0)}, "km"),
        ({"where": Where(reach=Reach.LIST)}, "kode"),
        ({"where": Where(reach=Reach.LIST, places=("31.74.05.1002.999",))}, "31.74.05.1002.999"),
    ],
)
def test_an_offer_no_plan_could_use_is_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(OfferRefusedError) as refusal:
        make_offer_of(**fields)

    assert words in str(refusal.value)
    assert Offer.objects.count() == 0


def test_a_closed_programme_and_a_refused_giver_offer_nothing() -> None:
    refused = make_collaborator(verification=Verification.REFUSED)
    with pytest.raises(OfferRefusedError):
        make_offer_of(collaborator=refused)

    programme = make_programme()
    programme.state = ProgrammeState.CLOSED
    programme.save()
    with pytest.raises(OfferRefusedError):
        make_offer_of(phase=make_phase(programme=programme))


def test_places_are_named_by_their_codes() -> None:
    place = make_target()

    offer = make_offer_of(where=Where(reach=Reach.LIST, places=(place.code,)))

    assert offer.places == [place.code]


def test_the_database_refuses_an_offer_to_nowhere() -> None:
    offer = make_offer_of()

    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(area=None)
