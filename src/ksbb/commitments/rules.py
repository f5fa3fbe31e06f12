from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import rules
from django.utils.translation import gettext as _

from ksbb.accounts.rules import is_pokja
from ksbb.collaborators.enums import Verification
from ksbb.commitments.enums import State
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ksbb.accounts.models import User
    from ksbb.commitments.models import Commitment

rules.add_perm("commitments.view_queue", is_pokja)
rules.add_perm("commitments.decide", is_pokja)
rules.add_perm("commitments.schedule", is_pokja)
rules.add_perm("commitments.cancel", is_pokja)

CALLING = frozenset({State.ACCEPTED, State.SCHEDULED, State.DELIVERING})
"""The states in which the giver has to reach the place."""


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def acts_for_giver(user: User | AnonymousUser, commitment: Commitment | None = None) -> bool:
    """Whether the user acts for the giver of a commitment, whom nobody has refused.

    Without a commitment: whether the question can be asked at all, which takes an account.
    """
    if commitment is None or not user.is_authenticated:
        return user.is_authenticated
    giver = commitment.collaborator
    is_refused = giver.verification == Verification.REFUSED
    return not is_refused and giver.memberships.filter(user=user.pk).exists()


rules.add_perm("commitments.act_for_giver", acts_for_giver)


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def may_call_place(user: User | AnonymousUser, commitment: Commitment | None = None) -> bool:
    """Whether the user acts for the giver of an accepted commitment that is still under way.

    Without a commitment: whether the question can be asked at all, which takes an account.
    """
    if commitment is None or not user.is_authenticated:
        return user.is_authenticated
    return commitment.state in CALLING and acts_for_giver(user, commitment)


rules.add_perm("commitments.call_place", may_call_place)


class Move(NamedTuple):
    """One step of a commitment's life."""

    sources: frozenset[State]
    to: State


def _move(*sources: State, to: State) -> Move:
    return Move(frozenset(sources), to)


MOVES = {
    "submit": _move(State.DRAFT, to=State.SUBMITTED),
    "accept": _move(State.SUBMITTED, to=State.ACCEPTED),
    "reject": _move(State.SUBMITTED, to=State.REJECTED),
    "schedule": _move(State.ACCEPTED, State.SCHEDULED, to=State.SCHEDULED),
    "deliver": _move(State.SCHEDULED, State.DELIVERING, to=State.DELIVERING),
    "receive": _move(State.DELIVERING, to=State.DELIVERING),
    "correct": _move(State.DELIVERING, State.COMPLETED, to=State.DELIVERING),
    "complete": _move(State.DELIVERING, to=State.COMPLETED),
    "cancel": _move(
        State.DRAFT,
        State.SUBMITTED,
        State.ACCEPTED,
        State.SCHEDULED,
        State.DELIVERING,
        to=State.CANCELLED,
    ),
    "expire": _move(State.DRAFT, State.ACCEPTED, to=State.EXPIRED),
}
"""The whole life of a commitment: the verb, the states it may start from, the state it ends in."""


class MoveRefusedError(DomainError):
    """The commitment is not in a state the verb can start from."""


def next_state(commitment: Commitment, verb: str) -> State:
    """Return the state `verb` leads to; raises MoveRefusedError naming the present one."""
    move = MOVES[verb]
    if commitment.state not in move.sources:
        raise MoveRefusedError(
            _("Commitment %(code)s is %(state)s; this step is not possible any more.")
            % {"code": commitment.code, "state": commitment.get_state_display()}
        )
    return move.to


def possible_verbs(commitment: Commitment) -> frozenset[str]:
    """Return the verbs the state table allows from the present state."""
    return frozenset(verb for verb, move in MOVES.items() if commitment.state in move.sources)
