from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction

from ksbb.audit.models import Entry
from ksbb.plans.actions.offer import Where, withdraw_offer
from ksbb.plans.actions.publish import StalePlanError, make_draft, publish
from ksbb.plans.enums import Reach
from ksbb.plans.models import PublishedPlan
from ksbb.plans.reckoning import Terms, next_packages
from ksbb.plans.refusals import NoPlanError
from ksbb.shared.fingerprint import digest_of
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.plans import TERMS, A, make_city, make_offer_of, make_published
from tests.factories.programmes import make_aid_type, make_kind, make_phase, make_programme
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db


def given(plan: PublishedPlan, column: int = 1) -> list[int]:
    return [row[column] for row in json.loads(plan.output)["places"]]


def test_wishes_are_kept_and_the_rest_is_fair() -> None:
    make_city()
    make_offer_of(160, Where(reach=Reach.AREA, area=make_region(A)))
    make_offer_of(50)

    plan = make_published()

    assert given(plan) == [80, 80, 25, 25]
    assert (plan.offered, plan.placed) == (210, 210)


def test_circles_and_lists_are_kept() -> None:
    needs = make_city()
    make_programme().target_kinds.set([make_kind()])
    make_offer_of(40, Where(reach=Reach.RADIUS, point=(-6.20, 106.78), metres=500))
    make_offer_of(30, Where(reach=Reach.LIST, places=(needs[3].target.code,)))

    assert given(make_published()) == [40, 0, 0, 30]


def test_visits_reach_a_share_of_the_families_and_lose_nothing() -> None:
    make_city()
    make_offer_of(100)

    plan = make_published()

    assert given(plan, 1) == [25, 25, 25, 25]
    assert sorted(given(plan, 2)) == [0, 0, 50, 50]
    assert plan.visited == 2


def test_a_plan_is_frozen_with_its_digests_and_one_audit_row() -> None:
    make_city()
    make_offer_of()

    plan = make_published()

    assert digest_of(plan.input) == plan.input_digest
    assert json.loads(plan.output)["input_sha256"] == plan.input_digest
    assert digest_of(plan.output) == plan.output_digest
    assert Entry.objects.filter(action="plans.publish").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedPlan.objects.update(placed=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedPlan.objects.all().delete()


def test_what_was_promised_meanwhile_is_looked_at_again() -> None:
    needs = make_city()
    make_offer_of()
    kind, phase = make_aid_type(), make_phase()
    seen = make_draft(aid_type=kind, phase=phase, terms=TERMS, now=NOON).state
    make_commitment({needs[0]: 5})

    with pytest.raises(StalePlanError):
        publish(aid_type=kind, phase=phase, terms=TERMS, state=seen, actor=DESK, now=NOON)

    assert PublishedPlan.objects.count() == 0


def test_the_same_request_publishes_once() -> None:
    make_city()
    make_offer_of()
    kind, phase = make_aid_type(), make_phase()
    seen = make_draft(aid_type=kind, phase=phase, terms=TERMS, now=NOON).state

    plans = {
        publish(
            aid_type=kind,
            phase=phase,
            terms=TERMS,
            state=seen,
            actor=DESK,
            now=NOON,
            idempotency_key="terbit",
        )
        for _ in range(2)
    }

    assert len(plans) == PublishedPlan.objects.count() == 1


@pytest.mark.parametrize("case", ["nobody", "no_offer", "full", "least"])
def test_what_cannot_be_planned_is_said_with_what_to_change(case: str) -> None:
    make_programme()
    if case != "nobody":
        need = make_need(20, target=make_target())
        if case == "full":
            make_commitment({need: 20})
    if case != "no_offer":
        make_offer_of(30)
    terms = Terms(share=50, least=31, seed=1) if case == "least" else TERMS

    with pytest.raises(NoPlanError) as refusal:
        make_draft(aid_type=make_aid_type(), phase=make_phase(), terms=terms, now=NOON)

    words = {
        "nobody": "Tidak ada sasaran",
        "no_offer": "Belum ada kesediaan",
        "full": "sudah penuh",
        "least": "31",
    }
    assert words[case] in str(refusal.value)


def test_withdrawing_leaves_what_was_published_as_it_is() -> None:
    make_city()
    offer = make_offer_of()
    plan = make_published()

    withdraw_offer(offer_id=offer.pk, actor=DESK, now=NOON)

    plan.refresh_from_db()
    assert json.loads(plan.input)["offers"][0]["code"] == offer.code


def test_the_next_packages_go_where_the_plan_left_most_missing() -> None:
    make_city()
    make_offer_of(100)
    draft = make_draft(aid_type=make_aid_type(), phase=make_phase(), terms=TERMS, now=NOON)
    visited = {row[0] for row in draft.made.output["places"] if row[2]}

    following = next_packages(draft.document, 100, draft.made)

    assert [(one.quantity, one.before, one.after) for one in following] == [(50, 0.0, 0.5)] * 2
    assert visited & {one.place.code for one in following} == set()


def test_earlier_phases_decide_whose_turn_it_is() -> None:
    needs = make_city()
    for need in needs[:2]:
        earlier = make_need(100, target=need.target, phase=make_phase(1))
        make_commitment({earlier: 60}, now=NOON.replace(day=24, month=4))
    make_offer_of(100)

    assert given(make_published(), 2) == [0, 0, 50, 50]
