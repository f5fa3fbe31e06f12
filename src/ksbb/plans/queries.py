from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ksbb.needs.queries_list import needs_of
from ksbb.plans.enums import OfferState
from ksbb.plans.models import Offer, PublishedPlan

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ksbb.collaborators.models import Collaborator
    from ksbb.needs.models import Need
    from ksbb.plans.reckoning import Document
    from ksbb.programmes.models import AidType, Phase, Programme

KEPT: Final = 4
"""So many plans a process keeps taken apart: about 3 MB each for a city like Jakarta."""


def open_offers(aid_type: AidType, phase: Phase) -> QuerySet[Offer]:
    """Return what a plan over one aid type and phase would be made of."""
    found = Offer.objects.filter(aid_type=aid_type, phase=phase, state=OfferState.OPEN)
    return found.select_related("collaborator", "area").order_by("pk")


def offers_of(collaborator: Collaborator) -> QuerySet[Offer]:
    """Return the offers of one collaborator, open ones first, then the newest."""
    found = Offer.objects.filter(collaborator=collaborator)
    found = found.select_related("phase__programme", "aid_type", "area")
    return found.order_by("state", "-pk")


def find_offer(code: str) -> Offer | None:
    """Return an offer in whatever state, or None."""
    return Offer.objects.filter(code=code).select_related("collaborator", "phase").first()


def published_plans(programme: Programme) -> QuerySet[PublishedPlan]:
    """Return the plans of a programme without their files, newest first."""
    found = PublishedPlan.objects.filter(phase__programme=programme)
    return found.select_related("phase", "aid_type").defer("input", "output").order_by("-pk")


def find_plan(code: str, programme: Programme) -> PublishedPlan | None:
    """Return a published plan, whose files are read when they are asked for, or None."""
    found = PublishedPlan.objects.filter(code=code, phase__programme=programme)
    found = found.select_related("phase__programme", "aid_type").defer("input", "output")
    return found.first()


def documents_of(plan: PublishedPlan) -> tuple[Document, Document]:
    """Return the input and the result of a plan, to be read and never changed.

    No plan ever changes, so each process takes them apart once and keeps those asked for last.
    """
    return _read(plan.pk, plan.input_digest, plan.output_digest)


@lru_cache(KEPT)
def _read(key: int, *_digests: str) -> tuple[Document, Document]:
    files = PublishedPlan.objects.values_list("input", "output").get(pk=key)
    asked, told = map(json.loads, files)
    return asked, told


class PlannedLine(NamedTuple):
    """What the newest plan sends to one need, as far as it is still open there."""

    need: Need
    quantity: int
    planned: int


def planned_for(offer: Offer) -> tuple[PublishedPlan | None, list[PlannedLine]]:
    """Return the newest plan that counts an offer, and where it would bring what is left of it."""
    plans = PublishedPlan.objects.filter(phase=offer.phase_id, aid_type=offer.aid_type_id)
    plans = plans.select_related("phase", "aid_type").defer("input", "output")
    for plan in plans.order_by("-pk"):
        if any(one["code"] == offer.code for one in documents_of(plan)[0]["offers"]):
            return plan, _lines(plan, offer)
    return None, []


def _lines(plan: PublishedPlan, offer: Offer) -> list[PlannedLine]:
    sent = documents_of(plan)[1]["shipments"]
    wanted = {place: count for code, place, count in sent if code == offer.code}
    needs = needs_of(plan.aid_type, plan.phase).filter(target__code__in=wanted)
    lines, left = [], offer.left
    for need in needs.order_by("target__code"):
        planned = wanted[need.target.code]
        quantity = min(planned, need.open, left)
        lines.append(PlannedLine(need, quantity, planned))
        left -= quantity
    return lines
