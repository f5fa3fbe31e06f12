"""Promises, made by the real actions at moments that are said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.promise import promise
from ksbb.commitments.actions.reserve import LineRequest, reserve
from ksbb.commitments.actions.submit import Plan
from ksbb.commitments.enums import Window
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.needs.models import Need
from ksbb.shared.clock import WIB
from tests.factories.collaborators import make_collaborator
from tests.factories.needs import make_need

NOON = datetime(2020, 5, 1, 12, tzinfo=WIB)
"""When things happen unless a test says otherwise: the first day of phase 2."""
DELIVERY_DAY = date(2020, 5, 3)
DESK = Actor(channel=Channel.WEB)


def make_plan(**fields: Any) -> Plan:
    """Return the plan to bring everything in the afternoon of DELIVERY_DAY."""
    defaults: dict[str, Any] = {
        "planned_for": DELIVERY_DAY,
        "delivery_window": Window.AFTERNOON,
        "statement_accepted": True,
    }
    return Plan(**defaults | fields)


def lines_for(quantities: Mapping[Need, int]) -> list[LineRequest]:
    """Return the request for these quantities by need."""
    return [LineRequest(need.pk, quantity) for need, quantity in quantities.items()]


def make_draft(
    quantities: Mapping[Need, int] | None = None,
    *,
    collaborator: Collaborator | None = None,
    now: datetime = NOON,
) -> Commitment:
    """Return a new draft: 40 of a new need of 100, unless said otherwise."""
    quantities = quantities or {make_need(): 40}
    return reserve(
        programme=next(iter(quantities)).phase.programme,
        collaborator=collaborator or make_collaborator(),
        lines=lines_for(quantities),
        actor=DESK,
        now=now,
    )


def make_commitment(
    quantities: Mapping[Need, int] | None = None,
    *,
    collaborator: Collaborator | None = None,
    now: datetime = NOON,
    **plan: Any,
) -> Commitment:
    """Return a new submitted commitment: 40 of a new need of 100, unless said otherwise."""
    quantities = quantities or {make_need(): 40}
    return promise(
        programme=next(iter(quantities)).phase.programme,
        giver=collaborator or make_collaborator(),
        lines=lines_for(quantities),
        plan=make_plan(**plan),
        actor=DESK,
        now=now,
    )


def line_of(commitment: Commitment, need: Need | None = None) -> CommitmentLine:
    """Return the fresh line of a commitment on a need, or its only one."""
    lines = CommitmentLine.objects.filter(commitment=commitment)
    return lines.get(need=need) if need else lines.get()
