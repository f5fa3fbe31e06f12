from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.collaborators.enums import Verification as CollaboratorVerification
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.post import Posting, post
from ksbb.commitments.actions.submit import Plan, PlanRefusedError, check_plan
from ksbb.commitments.actions.take_at_once import take_at_once
from ksbb.commitments.enums import Reason, State
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.needs.enums import Verification
from ksbb.needs.locking import LockedNeed, lock_needs
from ksbb.programmes.enums import ProgrammeState, Stage
from ksbb.shared.clock import in_wib
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.programmes.models import Programme

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
MAX_LINES = 200


class LineRequest(NamedTuple):
    """What is asked of one need, in units of its aid type."""

    need_id: int
    quantity: int


class Refusal(NamedTuple):
    """Why one line cannot be taken: how much was wanted and how much is still open."""

    need_id: int
    target_code: str
    target_name: str
    wanted: int
    open: int


class CommitmentRefusedError(DomainError):
    """The request itself is not one that can be taken."""


class NeedsFullError(DomainError):
    """At least one need has less open than was asked; nothing was taken."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        """Keep what is open per line and say it in one sentence."""
        self.refusals = tuple(refusals)
        lines = "; ".join(
            _("%(place)s: %(open)s still open, %(wanted)s asked")
            % {
                "place": refusal.target_name,
                "open": number(refusal.open),
                "wanted": number(refusal.wanted),
            }
            for refusal in self.refusals
        )
        super().__init__(
            _("Nothing was committed, because not everything is still open. %(lines)s.")
            % {"lines": lines}
        )


@dataclass(frozen=True, kw_only=True)
class Order:
    """Who wants to promise what, when, and which request it came with."""

    programme: Programme
    collaborator: Collaborator
    lines: Sequence[LineRequest]
    actor: Actor
    now: datetime
    request: Request


def reserve(
    *,
    programme: Programme,
    collaborator: Collaborator,
    lines: Sequence[LineRequest],
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Commitment:
    """Take every line or none, and hold them in a draft for the programme's draft time.

    Raises NeedsFullError with what is open per refused line, and CommitmentRefusedError where
    the programme, a phase, a target or the request itself takes no commitment.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="reserve", collaborator=collaborator.pk, lines=sorted(map(tuple, lines))
        ),
    )
    order = Order(
        programme=programme,
        collaborator=collaborator,
        lines=lines,
        actor=actor,
        now=now,
        request=request,
    )
    return take_quickly(order) or _take_step_by_step(order)


def take_quickly(order: Order, plan: Plan | None = None) -> Commitment | None:
    """Reserve, and submit where there is a plan, in one step, or return None and leave all as is.

    None means: go the long way, which knows the words for whatever is out of the ordinary. The
    step is one statement, so it needs no transaction around it to be done wholly or not at all.
    """
    try:
        _check_request(order)
        if plan:
            check_plan(plan, order.programme, order.now)
    except (CommitmentRefusedError, PlanRefusedError):
        return None
    return take_at_once(order, plan, code=new_code())


@transaction.atomic
def _take_step_by_step(order: Order) -> Commitment:
    return taken_before(order.request) or take(order)


def taken_before(request: Request) -> Commitment | None:
    """Return the commitment this very request made when it was first sent, if it was."""
    replay = find_replay(request)
    return Commitment.objects.get(pk=replay.object_id) if replay else None


def take(order: Order) -> Commitment:
    """Do the work of `reserve` inside the caller's transaction, after its check for a replay."""
    _check_request(order)
    check_giver(order.collaborator)
    needs = lock_needs([line.need_id for line in order.lines])
    if len(needs) != len(order.lines):
        raise _gone()
    check_takeable(needs, order.programme, order.now)
    wanted = {line.need_id: line.quantity for line in order.lines}
    check_open(needs, wanted)
    return _write(order, needs, wanted)


def _check_request(order: Order) -> None:
    lines = order.lines
    if not lines:
        raise CommitmentRefusedError(_("Choose at least one place and a quantity."))
    if len(lines) > MAX_LINES:
        raise CommitmentRefusedError(
            _("A commitment can have at most %(most)s lines; this one has %(count)s.")
            % {"most": number(MAX_LINES), "count": number(len(lines))}
        )
    if any(line.quantity < 1 for line in lines):
        raise CommitmentRefusedError(_("Each quantity must be at least 1."))
    if len({line.need_id for line in lines}) != len(lines):
        raise CommitmentRefusedError(_("The same need stands in two lines; put them together."))
    # No row can have such a key, and SQLite cannot even be asked for it.
    if any(line.need_id > BigIntegerField.MAX_BIGINT for line in lines):
        raise _gone()


def check_giver(collaborator: Collaborator) -> None:
    """Raise CommitmentRefusedError for one whom the working group has refused."""
    # Asked anew: the page may have been open for hours.
    refused = Collaborator.objects.filter(
        pk=collaborator.pk, verification=CollaboratorVerification.REFUSED
    )
    if refused.exists():
        raise CommitmentRefusedError(_("This collaborator cannot make commitments."))


def check_takeable(needs: Sequence[LockedNeed], programme: Programme, now: datetime) -> None:
    """Raise CommitmentRefusedError unless all needs are the programme's and take commitments."""
    if any(need.phase.programme_id != programme.pk for need in needs):
        raise _gone()
    for need in needs:
        _check_need(need, now)


def _gone() -> CommitmentRefusedError:
    return CommitmentRefusedError(
        _("One of the chosen needs does not exist in this programme any more. Choose again.")
    )


def _check_need(need: LockedNeed, now: datetime) -> None:
    programme = need.phase.programme
    if programme.state != ProgrammeState.OPEN:
        raise CommitmentRefusedError(
            _("The programme “%(name)s” takes no commitments: %(state)s.")
            % {"name": programme.name, "state": programme.get_state_display()}
        )
    if need.phase.ends_on < in_wib(now).date():
        raise CommitmentRefusedError(
            _("Phase %(number)s is over. Choose a need of a later phase.")
            % {"number": need.phase.number}
        )
    if need.target.verification != Verification.VERIFIED:
        raise CommitmentRefusedError(
            _("“%(place)s” is not verified and takes no commitments.") % {"place": need.target.name}
        )


def check_open(needs: Sequence[LockedNeed], wanted: Mapping[int, int]) -> None:
    """Raise NeedsFullError where less is open than is wanted, by the key of the need."""
    refusals = [
        Refusal(need.pk, need.target.code, need.target.name, wanted[need.pk], need.open)
        for need in needs
        if wanted[need.pk] > need.open
    ]
    if refusals:
        raise NeedsFullError(refusals)


def _write(order: Order, needs: Sequence[LockedNeed], wanted: dict[int, int]) -> Commitment:
    commitment = _with_a_code_of_its_own(
        Commitment(
            programme=order.programme,
            collaborator=order.collaborator,
            state=State.DRAFT,
            created_at=order.now,
            due_at=order.now + timedelta(minutes=order.programme.draft_minutes),
            is_example=any(need.target.is_example for need in needs),
        )
    )
    entry = record(
        action="commitments.reserve",
        obj=commitment,
        actor=order.actor,
        now=order.now,
        request=order.request,
    )
    lines = CommitmentLine.objects.bulk_create(
        [
            CommitmentLine(commitment=commitment, need=need, quantity=wanted[need.pk])
            for need in needs
        ]
    )
    post(
        entry=entry,
        reason=Reason.RESERVE,
        postings=[Posting(line, Stage.COMMITTED, line.quantity) for line in lines],
    )
    return commitment


def _with_a_code_of_its_own(commitment: Commitment) -> Commitment:
    """Write a new commitment down; a code that another one has is drawn again."""
    while True:
        commitment.code = new_code()
        try:
            with transaction.atomic():
                commitment.save(force_insert=True)
        except IntegrityError:
            # Others draw at the same time, so only the database could tell.
            if not Commitment.objects.filter(code=commitment.code).exists():
                raise
        else:
            return commitment


def new_code() -> str:
    """Return a public code such as `K7F3-9Q2M`: 31^8 possibilities, no look-alike letters."""
    letters = get_random_string(8, CODE_LETTERS)
    return f"{letters[:4]}-{letters[4:]}"
