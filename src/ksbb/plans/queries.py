from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from ksbb.needs.queries_list import needs_of
from ksbb.plans.enums import OfferState
from ksbb.plans.models import Offer, PublishedPlan

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ksbb.collaborators.models import Collaborator
    from ksbb.needs.models import Need
    from ksbb.programmes.models import AidType, Phase, Programme


def open_offers(aid_type: AidType, phase: Phase) -> QuerySet[Offer]:
    """Return what a plan over one aid type and phase would be made of."""
    found = Offer.objects.filter(aid_type=aid_type, phase=phase, state=OfferState.OPEN)
    return found.select_related("collaborator", "area").order_by("pk")


def offers_of(collaborator: Collaborator) -> QuerySet[Offer]:
    """Return the offers of one collaborator, open ones first, then the newest."""
    found = Offer.objects.filter(collaborator=collaborator)
    return found.select_related("phase", "aid_type", "area").order_by("state", "-pk")


def find_offer(code: str) -> Offer | None:
    """Return an offer in whatever state, or None."""
    return Offer.objects.filter(code=code).select_related("collaborator", "phase").first()


def published_plans(programme: Programme) -> QuerySet[PublishedPlan]:
    """Return the plans of a programme without their files, newest first."""
    found = PublishedPlan.objects.filter(phase__programme=programme)
    return found.select_related("phase", "aid_type").defer("input", "output").order_by("-pk")


def find_plan(code: str, programme: Programme) -> PublishedPlan | None:
    """Return a published plan with its files, or None."""
    found = PublishedPlan.objects.filter(code=code, phase__programme=programme)
    return found.select_related("phase__programme", "aid_type").first()


class PlannedLine(NamedTuple):
    """What the newest plan sends to one need, as far as it is still open there."""

    need: Need
    quantity: int
    planned: int


def planned_for(offer: Offer) -> tuple[PublishedPlan | None, list[PlannedLine]]:
    """Return the newest plan that counts an offer, and where it would bring what is left of it."""
    plans = PublishedPlan.objects.filter(phase=offer.phase_id, aid_type=offer.aid_type_id)
    for plan in plans.select_related("phase", "aid_type").order_by("-pk"):
        if any(one["code"] == offer.code for one in json.loads(plan.input)["offers"]):
            return plan, _lines(plan, offer)
    return None, []


def _lines(plan: PublishedPlan, offer: Offer) -> list[PlannedLine]:
    sent = json.loads(plan.output)["shipments"]
    wanted = {place: count for code, place, count in sent if code == offer.code}
    needs = needs_of(plan.aid_type, plan.phase).filter(target__code__in=wanted)
    lines, left = [], offer.left
    for need in needs.order_by("target__code"):
        planned = wanted[need.target.code]
        quantity = min(planned, need.open, left)
        lines.append(PlannedLine(need, quantity, planned))
        left -= quantity
    return lines
