"""A proposal in sentences. Every number in them is a field of the explanation."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ksbb.allocation import explain as told
from ksbb.allocation.explain import Explanation, Reason, Skipped, WhatIf
from ksbb.proposals.propose import Proposal
from ksbb.shared.formats import distance, number, percent


class Why(NamedTuple):
    """One stop in sentences; a sentence that has nothing to say is ""."""

    gets: str
    this_one: str
    after: str
    so_many: str
    way: str
    not_nearer: str
    drawn: str


def paragraphs(proposal: Proposal) -> list[str]:
    """Return the proposal as paragraphs in the language that is active."""
    explanation = proposal.explanation
    told_of: set[int] = set()
    stops = []
    for reason in explanation.reasons:
        why = why_of(proposal, reason)
        if reason.skipped and reason.skipped.row in told_of:
            why = why._replace(not_nearer="")
        told_of |= {reason.skipped.row} if reason.skipped else set()
        stops.append(" ".join(filter(None, why)))
    others = [what_if_of(proposal, what_if) for what_if in explanation.what_ifs]
    return [summary(proposal), *stops, *filter(None, others)]


def summary(proposal: Proposal) -> str:
    """Return how many packages find how many places, and how sure it is that none does more."""
    explanation = proposal.explanation
    parts = [
        ngettext(
            "{placed} packages for {stops} place.",
            "{placed} packages for {stops} places.",
            len(explanation.reasons),
        ).format(placed=number(explanation.placed), stops=number(len(explanation.reasons)))
    ]
    if explanation.left:
        parts.append(
            _("{left} packages find no place on these terms.").format(left=number(explanation.left))
        )
    parts.append(_certainty(explanation))
    return " ".join(parts)


def _certainty(explanation: Explanation) -> str:
    if explanation.proven:
        return _("No other choice on your terms does more; this is proven.")
    return _("Another choice may do more, but by {gap} at most.").format(
        gap=percent(explanation.gap)
    )


def why_of(proposal: Proposal, reason: Reason) -> Why:
    """Return one stop in sentences."""
    skipped, seed = reason.skipped, proposal.explanation.seed
    drawn = _("Another place is just like it; the public draw with seed {seed} decided.")
    return Why(
        gets=_("{quantity} packages for {place}.").format(
            quantity=number(reason.quantity), place=proposal.places[reason.row].name
        ),
        this_one=_standing(reason),
        after=_("With these packages it is covered to {after}.").format(
            after=percent(reason.after)
        ),
        so_many=_because(reason),
        way=_("It is {way} away.").format(way=distance(reason.km)) if proposal.offer.near else "",
        not_nearer=_passed_over(proposal, skipped) if skipped else "",
        drawn=drawn.format(seed=seed) if reason.tied else "",
    )


def _standing(reason: Reason) -> str:
    """Return how a stop stands among the places in reach."""
    covered = _("It is covered to {before} ({committed} of {need}).").format(
        before=percent(reason.before),
        committed=number(reason.committed),
        need=number(reason.need),
    )
    fewer = reason.rank - 1
    among = ngettext(
        "Of {pool} places in reach that still miss something {fewer} is covered less.",
        "Of {pool} places in reach that still miss something {fewer} are covered less.",
        fewer,
    ).format(pool=number(reason.pool_size), fewer=number(fewer))
    if not fewer:
        among = _("None of the {pool} places in reach that still miss something has less.").format(
            pool=number(reason.pool_size)
        )
    mean = _("All in reach together are covered to {mean}.").format(mean=percent(reason.mean))
    return f"{covered} {among} {mean}"


def _because(reason: Reason) -> str:
    if reason.because == told.ALL_THAT_IS_MISSING:
        return _("That is all it still misses.")
    if reason.because == told.LEAST_PER_STOP:
        return _("That is the least you give per stop.")
    return _("It still misses {open}; the packages are split so that all stops gain most.").format(
        open=number(reason.open)
    )


def _passed_over(proposal: Proposal, skipped: Skipped) -> str:
    name = proposal.places[skipped.row].name
    way, covered = distance(skipped.km), percent(skipped.coverage)
    if skipped.why == told.FULL:
        return _("{place} is nearer ({way}), but full.").format(place=name, way=way)
    if skipped.why == told.BETTER_COVERED:
        return _("{place} is nearer ({way}), but already covered to {covered}.").format(
            place=name, way=way, covered=covered
        )
    return _(
        "{place} is nearer ({way}), but misses only {open}: the packages do less there."
    ).format(place=name, way=way, open=number(skipped.open))


def what_if_of(proposal: Proposal, what_if: WhatIf) -> str:
    """Return what a changed term would bring, nothing where it would bring nothing."""
    explanation = proposal.explanation
    if what_if.value <= explanation.value * (1 + 1e-9):
        return ""
    if what_if.change == "within_km":
        least = min((reason.before for reason in explanation.reasons), default=1.0)
        if what_if.least_before >= least:
            return _("If you went as far as {way}, the packages would do more.").format(
                way=distance(what_if.to)
            )
        return _(
            "If you went as far as {way}, the packages would reach a place covered to only {least}."
        ).format(way=distance(what_if.to), least=percent(what_if.least_before))
    if what_if.change == "max_stops":
        return _("With {stops} stops the packages would do more.").format(
            stops=number(int(what_if.to))
        )
    return _("With {packages} or more per stop the packages would do more.").format(
        packages=number(int(what_if.to))
    )
