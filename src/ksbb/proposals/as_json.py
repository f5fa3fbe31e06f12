"""A proposal as the outside contract writes it."""

from __future__ import annotations

from typing import Any, Final

from ksbb.allocation.explain import Reason, WhatIf
from ksbb.proposals.propose import Proposal
from ksbb.proposals.prose import summary, what_if_of, why_of
from ksbb.shared.clock import WIB

_FIELD_OF: Final = {"min_drop": "min_per_stop"}
"""What the engine calls otherwise than an offer does."""


def as_json(proposal: Proposal) -> dict[str, Any]:
    """Return what JSON can carry: quantities in packages, coverages as shares (1.0 is all).

    Sentences are in the language that is active; everything else is the same in both.
    """
    explanation, offer = proposal.explanation, proposal.offer
    return {
        "programme": proposal.programme.slug,
        "aid_type": proposal.aid_type.slug,
        "phase": proposal.phase.number,
        "as_of": proposal.as_of.astimezone(WIB).isoformat(timespec="seconds"),
        "packages": offer.packages,
        "placed": explanation.placed,
        "left": explanation.left,
        "value": round(explanation.value, 6),
        "bound": round(explanation.bound, 6),
        "proven": explanation.proven,
        "binding": [_FIELD_OF.get(name, name) for name in explanation.binding],
        "seed": explanation.seed,
        "digest": explanation.digest,
        "summary": summary(proposal),
        "lines": [_line(proposal, reason) for reason in explanation.reasons],
        "what_ifs": [_what_if(proposal, one) for one in explanation.what_ifs],
    }


def _what_if(proposal: Proposal, one: WhatIf) -> dict[str, Any]:
    return {
        "change": _FIELD_OF.get(one.change, one.change),
        "to": one.to,
        "value": round(one.value, 6),
        "stops": one.stops,
        "placed": one.placed,
        "least_before": round(one.least_before, 6),
        "sentence": what_if_of(proposal, one),
    }


def _line(proposal: Proposal, reason: Reason) -> dict[str, Any]:
    place = proposal.places[reason.row]
    return {
        "need": place.id,
        "target": place.code,
        "name": place.name,
        "region": place.region,
        "quantity": reason.quantity,
        "needed": reason.need,
        "committed": reason.committed,
        "coverage_before": round(reason.before, 6),
        "coverage_after": round(reason.after, 6),
        "km": None if proposal.offer.near is None else round(reason.km, 3),
        "reason": _reason(proposal, reason),
    }


def _reason(proposal: Proposal, reason: Reason) -> dict[str, Any]:
    skipped = reason.skipped
    return {
        "rank": reason.rank,
        "of": reason.pool_size,
        "mean_coverage": round(reason.mean, 6),
        "open": reason.open,
        "because": reason.because,
        "drawn": reason.tied,
        "sentence": " ".join(filter(None, why_of(proposal, reason))),
        "nearest_passed_over": None
        if skipped is None
        else {
            "target": proposal.places[skipped.row].code,
            "km": round(skipped.km, 3),
            "coverage": round(skipped.coverage, 6),
            "open": skipped.open,
            "why": skipped.why,
        },
    }
