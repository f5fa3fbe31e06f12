"""A proposal as the outside contract writes it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ksbb.allocation.explain import Reason
from ksbb.proposals.propose import Proposal
from ksbb.shared.clock import WIB


def as_json(proposal: Proposal) -> dict[str, Any]:
    """Return what JSON can carry: quantities in packages, coverages as shares (1.0 is all)."""
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
        "binding": list(explanation.binding),
        "seed": explanation.seed,
        "digest": explanation.digest,
        "lines": [_line(proposal, reason) for reason in explanation.reasons],
        "what_ifs": [asdict(what_if) for what_if in explanation.what_ifs],
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
