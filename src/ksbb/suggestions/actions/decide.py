"""Accepting or refusing a suggestion; what is accepted is carried out with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.needs.actions.enter import NewPlace, enter
from ksbb.needs.actions.recount import Recount, recount
from ksbb.needs.models import Target
from ksbb.shared.fingerprint import fingerprint
from ksbb.suggestions.actions.suggest import SuggestionRefusedError
from ksbb.suggestions.enums import Kind, State
from ksbb.suggestions.models import Suggestion, SuggestionContact

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


@transaction.atomic
def decide(
    *,
    suggestion_id: int,
    state: State,
    answer: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Suggestion:
    """Accept or refuse with an answer its sender can read; the sender's contact goes with it.

    An accepted place is entered and waits for verification; an accepted count is written at its
    place, whose needs stay. Raises SuggestionRefusedError without an answer and for what is
    decided, and ChangedMeanwhileError where somebody acted after the audit entry `seen`.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="decide-suggestion", suggestion=suggestion_id, state=state, answer=answer
        ),
    )
    replay = find_replay(request)
    found = Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion_id)
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
        _carry_out(found, actor, now)
    return found


@transaction.atomic
def look_at_contact(*, suggestion_id: int, actor: Actor, now: datetime) -> SuggestionContact | None:
    """Return how to reach who reported, and write down who looked; None where nothing is kept."""
    contact = SuggestionContact.objects.filter(suggestion_id=suggestion_id).first()
    if contact:
        record(action="suggestions.look_at_contact", obj=contact, actor=actor, now=now)
    return contact


def _carry_out(found: Suggestion, actor: Actor, now: datetime) -> None:
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
        entered = enter([place], now=now)
        record(
            action="suggestions.enter_place",
            obj=entered.targets[0],
            actor=actor,
            now=now,
            reason=found.code,
        )
