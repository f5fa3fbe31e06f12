"""What can be decided about several things in one act, and what stands against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.backoffice.inbox.sources import COMMITMENT, TARGET
from ksbb.collaborators.enums import Verification as GiverVerification
from ksbb.commitments.actions.decide_many import accept_many
from ksbb.commitments.models import Commitment
from ksbb.funds.actions.free import reject_many
from ksbb.needs.actions.decide_many import decide_many
from ksbb.needs.enums import Verification
from ksbb.needs.models import Target
from ksbb.web.acting import By

Done = tuple[list[int], list[int]]
"""The keys of what was done, and of what had changed meanwhile."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One decision about many things of one kind."""

    kind: str
    verb: str
    """In addresses."""
    title: str | Promise
    button: str | Promise
    asks_reason: bool = False
    against: Callable[[Any], str]
    """Says why it cannot be done to a thing; "" where it can."""
    effect: Callable[[Any], str]
    """Says what it would do to a thing."""
    act: Callable[[Mapping[int, int], str, By], Done]
    """Does it to things by key, as the newest entry about each was seen, with a reason."""


def _needs_of(target: Target) -> str:
    if target.families is None and target.residents is None:
        return _("Takes commitments; without a count no need follows from the rules.")
    return _("Takes commitments; its needs are published from the rules.")


def _against_accepting(commitment: Commitment) -> str:
    if commitment.collaborator.verification == GiverVerification.VERIFIED:
        return ""
    return _("Verify “%(name)s” first.") % {"name": commitment.collaborator.name}


STEPS: Final = (
    Step(
        kind=TARGET,
        verb="terima",
        title=gettext_lazy("Verify places"),
        button=gettext_lazy("Verify all of them"),
        against=lambda _one: "",
        effect=_needs_of,
        act=lambda seen, _reason, by: decide_many(seen=seen, decision=Verification.VERIFIED, **by),
    ),
    Step(
        kind=TARGET,
        verb="tolak",
        title=gettext_lazy("Refuse places"),
        button=gettext_lazy("Refuse all of them with this reason"),
        asks_reason=True,
        against=lambda _one: "",
        effect=lambda _one: _("Takes no commitments."),
        act=lambda seen, reason, by: decide_many(
            seen=seen, decision=Verification.REFUSED, reason=reason, **by
        ),
    ),
    Step(
        kind=COMMITMENT,
        verb="terima",
        title=gettext_lazy("Accept commitments"),
        button=gettext_lazy("Accept all of them"),
        against=_against_accepting,
        effect=lambda one: (
            _("Its giver has %(hours)s hours to call the place.")
            % {"hours": one.programme.follow_up_hours}
        ),
        act=lambda seen, _reason, by: accept_many(seen=seen, **by),
    ),
    Step(
        kind=COMMITMENT,
        verb="tolak",
        title=gettext_lazy("Reject commitments"),
        button=gettext_lazy("Reject all of them with this reason"),
        asks_reason=True,
        against=lambda _one: "",
        effect=lambda _one: _("Its quantity is open for others again; its giver is told why."),
        act=lambda seen, reason, by: reject_many(seen=seen, reason=reason, **by),
    ),
)


def find_step(verb: str, kind: str) -> Step | None:
    """Return what a verb does to a kind, None where its things are decided one by one."""
    return next((one for one in STEPS if (one.verb, one.kind) == (verb, kind)), None)
