"""Offers whose place the working group chooses, and plans over them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ksbb.needs.models import Need
from ksbb.plans.actions.offer import Where, make_offer
from ksbb.plans.actions.publish import make_draft, publish
from ksbb.plans.enums import Reach
from ksbb.plans.models import Offer, PublishedPlan
from ksbb.plans.reckoning import Terms
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase
from tests.factories.regions import make_region

TERMS = Terms(share=50, least=10, seed=20200501)
A, B = "31.74.05.1001", "31.74.05.1002"
"""Two kelurahan."""


def make_city() -> list[Need]:
    """Return needs of 100 at two places of kelurahan A and two of B; A is to the north."""
    return [
        make_need(100, target=make_target(village=village, lat=lat, lon=106.78))
        for village, lat in ((A, -6.20), (A, -6.21), (B, -6.30), (B, -6.31))
    ]


def anywhere() -> Where:
    """Return the whole programme."""
    return Where(reach=Reach.AREA, area=make_region("31"))


def make_offer_of(packages: int = 50, where: Where | None = None, **fields: Any) -> Offer:
    """Return a new open offer of sembako for phase 2."""
    defaults: dict[str, Any] = {
        "collaborator": make_collaborator(),
        "phase": make_phase(),
        "aid_type": make_aid_type(),
        "packages": packages,
        "where": where or anywhere(),
        "actor": DESK,
        "now": NOON,
    }
    return make_offer(**defaults | fields)


def make_published(terms: Terms = TERMS, now: datetime = NOON) -> PublishedPlan:
    """Return the published plan over all open offers of sembako for phase 2."""
    kind, phase = make_aid_type(), make_phase()
    draft = make_draft(aid_type=kind, phase=phase, terms=terms, now=now)
    return publish(aid_type=kind, phase=phase, terms=terms, state=draft.state, actor=DESK, now=now)
