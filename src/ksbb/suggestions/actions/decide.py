"""Accepting or refusing a suggestion; what is accepted is carried out with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.needs.actions.enter import NewPlace
from ksbb.needs.actions.enter_place import enter_place
from ksbb.needs.actions.recount import Recount, recount
from ksbb.needs.models import Target
from ksbb.overlap.actions.enter import Facts, enter
from ksbb.overlap.enums import Source
from ksbb.shared.fingerprint import fingerprint
from ksbb.suggestions.actions.suggest import SuggestionRefusedError
from ksbb.suggestions.enums import Kind, State
from ksbb.suggestions.locking import lock_suggestion
from ksbb.suggestions.models import SuggestedAid, Suggestion, SuggestionContact

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


@transaction.atomic
def decide(
    *,
    suggestion_id: int,
    state: State,
    answer: str,
    is_another: bool = False,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Suggestion:
    """Accept or refuse with an answer its sender can read; the sender's contact goes with it.

    An accepted place is entered and waits for verification (`is_another`: beside places with
    similar names); an accepted count is written at its place, whose needs stay; accepted aid of
    another source is on record. Raises SuggestionRefusedError without an answer and for what is
    decided, what those steps refuse, and ChangedMeanwhileError where somebody acted after the
    audit entry `seen`.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="decide-suggestion", suggestion=suggestion_id, state=state, answer=answer
        ),
    )
    replay = find_replay(request)
    found = lock_suggestion(suggestion_id)
    if replay:
        return found
    check_unchanged(found, seen=seen)
    if found.state != State.OPEN:
        raise SuggestionRefusedError(_("Somebody has decided on this suggestion already."))
    if not answer.strip():
        raise SuggestionRefusedError(_("Say why; whoever sent it reads this."))
    found.state, found.answer = state, answer
    found.decided_by, found.decided_at = actor.user, now
    found.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    SuggestionContact.objects.filter(suggestion=found).delete()
    record(
        action=f"suggestions.{state.lower()}",
        obj=found,
        actor=actor,
        now=now,
        reason=answer,
        changes={"place": found.name},
        request=request,
    )
    if state == State.ACCEPTED:
        _carry_out(found, is_another=is_another, actor=actor, now=now)
    return found


@transaction.atomic
def look_at_contact(*, suggestion_id: int, actor: Actor, now: datetime) -> SuggestionContact | None:
    """Return how to reach who reported, and write down who looked; None where nothing is kept."""
    contact = SuggestionContact.objects.filter(suggestion_id=suggestion_id).first()
    if contact:
        record(action="suggestions.look_at_contact", obj=contact, actor=actor, now=now)
    return contact


def _carry_out(found: Suggestion, *, is_another: bool, actor: Actor, now: datetime) -> None:
    values: dict[str, Any] = {
        "families": found.families,
        "residents": found.residents,
        "source": found.words[:200],
        "counted_on": found.counted_on,
    }
    if found.kind == Kind.COUNT and found.target_id:
        target = Target.objects.select_for_update(no_key=True).get(pk=found.target_id)
        told = {name: value for name, value in values.items() if value is not None}
        recount([Recount(target=target, values=told)], reason=found.code, actor=actor, now=now)
    if found.kind == Kind.PLACE and found.target_kind:
        place = NewPlace(
            kind=found.target_kind, region=found.region_id, name=found.name, values=values
        )
        enter_place(place=place, is_another=is_another, reason=found.code, actor=actor, now=now)
    if found.kind == Kind.SERVED and found.target:
        _write_down(found.aid, found.target, actor, now)


def _write_down(aid: SuggestedAid, target: Target, actor: Actor, now: datetime) -> None:
    facts = Facts(
        quantity=aid.quantity,
        kind=Source(aid.kind),
        source=aid.source,
        day=aid.day,
        document=aid.document,
    )
    enter(target=target, phase=aid.phase, aid_type=aid.aid_type, facts=facts, actor=actor, now=now)
