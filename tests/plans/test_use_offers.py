"""What a giver commits comes out of what they left to the working group."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from ksbb.audit.models import Entry
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.change import change
from ksbb.commitments.actions.reserve import NeedsFullError
from ksbb.commitments.actions.share_out import share_out
from ksbb.commitments.actions.submit import submit
from ksbb.needs.models import Need
from ksbb.plans.actions.offer import OfferRefusedError, Where, withdraw_offer
from ksbb.plans.actions.publish import make_draft
from ksbb.plans.enums import OfferState, Reach
from ksbb.plans.models import Offer
from ksbb.plans.queries import planned_for
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import (
    DESK,
    NOON,
    line_of,
    lines_for,
    make_commitment,
    make_plan,
)
from tests.factories.commitments import (
    make_draft as make_unsent,
)
from tests.factories.needs import make_need
from tests.factories.plans import TERMS, A, make_city, make_offer_of, make_published
from tests.factories.programmes import make_aid_type, make_kind, make_phase, make_programme
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def needs() -> list[Need]:
    """Return needs of 100 at two places of kelurahan A and two of B."""
    made = make_city()
    make_programme().target_kinds.set([make_kind()])
    return made


@pytest.fixture
def giver() -> Collaborator:
    return make_collaborator("PT Contoh")


def used(*offers: Offer) -> list[tuple[int, str]]:
    rows = Offer.objects.filter(pk__in=[one.pk for one in offers]).order_by("pk")
    return list(rows.values_list("used", "state"))


def test_the_next_plan_counts_only_what_is_left(needs: list[Need], giver: Collaborator) -> None:
    offer = make_offer_of(100, collaborator=giver)

    commitment = make_commitment({needs[0]: 25, needs[2]: 15}, collaborator=giver)

    assert used(offer) == [(40, OfferState.OPEN)]
    made = make_draft(aid_type=make_aid_type(), phase=make_phase(), terms=TERMS, now=NOON)
    assert [one["packages"] for one in made.document["offers"]] == [60]
    told = Entry.objects.get(action="plans.use_offer")
    assert (told.object_id, told.changes) == (
        str(offer.pk),
        {"used": [0, 40], "commitment": commitment.code},
    )


def test_an_offer_that_is_used_up_is_open_no_more(needs: list[Need], giver: Collaborator) -> None:
    offer = make_offer_of(60, collaborator=giver)

    make_commitment({needs[0]: 80}, collaborator=giver)

    assert used(offer) == [(60, OfferState.USED)]
    with pytest.raises(OfferRefusedError) as refusal:
        withdraw_offer(offer_id=offer.pk, actor=DESK, now=NOON)
    assert str(refusal.value) == "Kesediaan ini tidak terbuka lagi: terpakai habis."


def test_the_oldest_offer_goes_first_and_the_next_takes_the_rest(
    needs: list[Need], giver: Collaborator
) -> None:
    offers = [make_offer_of(30, collaborator=giver) for _ in range(2)]

    make_commitment({needs[0]: 40}, collaborator=giver)

    assert used(*offers) == [(30, OfferState.USED), (10, OfferState.OPEN)]


def test_only_what_the_offer_reaches_comes_out_of_it(
    needs: list[Need], giver: Collaborator
) -> None:
    area = make_offer_of(100, Where(reach=Reach.AREA, area=make_region(A)), collaborator=giver)
    circle = make_offer_of(
        100, Where(reach=Reach.RADIUS, point=(-6.30, 106.78), metres=500), collaborator=giver
    )
    named = make_offer_of(
        100, Where(reach=Reach.LIST, places=(needs[3].target.code,)), collaborator=giver
    )

    make_commitment(dict(zip(needs, (1, 2, 4, 8), strict=True)), collaborator=giver)

    assert [row[0] for row in used(area, circle, named)] == [3, 4, 8]


def test_other_givers_phases_and_kinds_leave_it_alone(
    needs: list[Need], giver: Collaborator
) -> None:
    offer = make_offer_of(100, collaborator=giver)
    target = needs[0].target
    meals = make_need(50, target=target, aid_type=make_aid_type("makanan-siap-saji"))
    later = make_need(50, target=target, phase=make_phase(3))

    make_commitment({meals: 5, later: 5}, collaborator=giver)
    make_commitment({needs[0]: 5})

    assert used(offer) == [(0, OfferState.OPEN)]


def test_a_draft_uses_it_when_it_is_sent(needs: list[Need], giver: Collaborator) -> None:
    offer = make_offer_of(100, collaborator=giver)
    draft = make_unsent({needs[0]: 30}, collaborator=giver)
    assert used(offer) == [(0, OfferState.OPEN)]

    submit(commitment_id=draft.pk, plan=make_plan(), actor=DESK, now=NOON)

    assert used(offer) == [(30, OfferState.OPEN)]


def test_sharing_out_uses_it_and_moving_or_cancelling_does_not(
    needs: list[Need], giver: Collaborator
) -> None:
    offer = make_offer_of(100, collaborator=giver)
    made = share_out(
        programme=make_programme(),
        giver=giver,
        lines=lines_for({needs[0]: 20, needs[1]: 20}),
        plan=make_plan(),
        keep_rest=False,
        actor=DESK,
        now=NOON,
    ).commitments[0]
    assert used(offer) == [(40, OfferState.OPEN)]

    change(
        commitment_id=made.pk,
        less={line_of(made, needs[0]).pk: 20},
        more={needs[2].pk: 20},
        reason="",
        actor=DESK,
        now=NOON,
    )
    cancel(commitment_id=made.pk, reason="batal", actor=DESK, now=NOON)

    assert used(offer) == [(40, OfferState.OPEN)]


def test_what_is_refused_uses_nothing(needs: list[Need], giver: Collaborator) -> None:
    offer = make_offer_of(100, collaborator=giver)

    with pytest.raises(NeedsFullError):
        make_commitment({needs[0]: 101}, collaborator=giver)

    assert used(offer) == [(0, OfferState.OPEN)]


@pytest.mark.usefixtures("needs")
def test_a_plan_is_taken_up_as_far_as_the_offer_has_left(giver: Collaborator) -> None:
    offer = make_offer_of(100, collaborator=giver)
    make_published()
    _plan, lines = planned_for(offer)
    make_commitment({lines[0].need: lines[0].quantity}, collaborator=giver)

    offer.refresh_from_db()
    _plan, after = planned_for(offer)

    assert [line.planned for line in lines] == [50, 50]
    assert sum(line.quantity for line in after) == 50


@pytest.mark.parametrize("fields", [{"used": 101}, {"used": 100}, {"state": "USED"}])
def test_the_database_refuses_an_offer_that_is_used_up_and_open(fields: dict[str, object]) -> None:
    offer = make_offer_of(100)

    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(**fields)
