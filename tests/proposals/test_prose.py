from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from django.utils import translation

from ksbb.allocation.explain import Reason, WhatIf
from ksbb.proposals.offer import Offer
from ksbb.proposals.propose import Proposal, propose
from ksbb.proposals.prose import paragraphs
from ksbb.shared.clock import WIB
from ksbb.shared.formats import distance, number, percent
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target

pytestmark = pytest.mark.django_db

NOW = datetime(2020, 5, 3, 12, tzinfo=WIB)
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@pytest.fixture
def proposal() -> Proposal:
    programme = make_need(100, target=make_target(lat=-6.24, lon=106.78)).phase.programme
    half = make_need(200, target=make_target(lat=-6.25, lon=106.78))
    for south in range(8):
        make_need(300 + south, target=make_target(lat=-6.26 - south / 100, lon=106.78))
    make_commitment({half: 190})
    offer = Offer(
        aid_type="sembako",
        phase=2,
        packages=150,
        near=(-6.2449, 106.78),
        within_km=4,
        max_stops=2,
        min_per_stop=20,
    )
    return propose(programme=programme, offer=offer, now=NOW)


def of_reason(reason: Reason) -> set[str]:
    shown = {
        number(whole)
        for whole in (
            reason.quantity,
            reason.need,
            reason.committed,
            reason.open,
            reason.rank - 1,
            reason.pool_size,
        )
    }
    shown |= {percent(share) for share in (reason.before, reason.after, reason.mean)}
    shown |= {distance(reason.km)}
    if reason.skipped is not None:
        nearer = reason.skipped
        shown |= {distance(nearer.km), percent(nearer.coverage), number(nearer.open)}
    return shown


def of_what_if(what_if: WhatIf) -> set[str]:
    return {distance(what_if.to), number(int(what_if.to)), percent(what_if.least_before)}


def known_numbers(proposal: Proposal) -> set[str]:
    told = proposal.explanation
    shown = {
        percent(told.gap),
        number(told.placed),
        number(told.left),
        number(len(told.reasons)),
        str(told.seed),
    }
    shown = shown.union(*(of_reason(reason) for reason in told.reasons))
    shown = shown.union(*(of_what_if(what_if) for what_if in told.what_ifs))
    shown |= {place.name for place in proposal.places}
    return {found for text in shown for found in NUMBER.findall(text)}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("because", ["need", "min_drop", "share"])
@pytest.mark.parametrize("why", ["full", "better_covered", "worth_less"])
def test_every_number_in_the_text_is_in_the_data(
    proposal: Proposal, language: str, because: str, why: str
) -> None:
    told = proposal.explanation
    reasons = tuple(
        replace(
            reason,
            because=because,
            tied=True,
            skipped=reason.skipped and reason.skipped._replace(why=why),
        )
        for reason in told.reasons
    )
    unproven = replace(told, reasons=reasons, left=7, proven=False, bound=told.value * 1.03)
    varied = replace(proposal, explanation=unproven)

    with translation.override(language):
        written = set(NUMBER.findall(" ".join(paragraphs(varied))))
        known = known_numbers(varied)

    assert written
    assert written - known == set()


def test_the_text_says_why_and_what_if(proposal: Proposal) -> None:
    with translation.override("en"):
        told = paragraphs(proposal)

    split = (
        "It still misses {open}; the packages are split so that all stops gain most."
        " It is {way} away."
    )
    standing = (
        "None of the 5 places in reach that still miss something has less. All in reach together"
        " are covered to 16%. With these packages it is covered to 25%."
    )
    nearer = "RW 001 is nearer (550 m), but misses only 100: the packages do less there."
    first, second = split.format(open=300, way="1.7 km"), split.format(open=301, way="2.8 km")
    assert told == [
        "150 packages for 2 places. No other choice on your terms does more; this is proven.",
        f"75 packages for RW 003. It is covered to 0% (0 of 300). {standing} {first} {nearer}",
        f"75 packages for RW 004. It is covered to 0% (0 of 301). {standing} {second}",
        "With 3 stops the packages would do more.",
    ]


def test_two_places_equally_far_are_so_on_every_processor() -> None:
    programme = make_need(100, target=make_target(lat=-6.24, lon=106.78)).phase.programme
    make_need(100, target=make_target(lat=-6.25, lon=106.78))
    offer = Offer(aid_type="sembako", phase=2, packages=40, near=(-6.245, 106.78), within_km=4)

    told = propose(programme=programme, offer=offer, now=NOW).explanation

    assert [reason.km for reason in told.reasons] == [0.556, 0.556]
