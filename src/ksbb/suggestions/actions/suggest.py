"""Suggesting something about a place: a need, a new place, a changed count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.intake.words import shown
from ksbb.needs.models import Target
from ksbb.overlap.actions.enter import Facts, check_new, without_numbers
from ksbb.programmes.models import AidType, Phase, TargetKind
from ksbb.regions.models import Region
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.suggestions.enums import Kind
from ksbb.suggestions.models import SuggestedAid, Suggestion, SuggestionContact

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LONGEST = 1000


class SuggestionRefusedError(DomainError):
    """A suggestion cannot be made or decided like this."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is suggested about a place; counts of people, and the day they were counted."""

    name: str
    words: str
    target_kind: TargetKind | None = None
    families: int | None = None
    residents: int | None = None
    counted_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How to reach a visitor who reports a need; kept until the report is decided."""

    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Aid:
    """What another source has brought, in one phase."""

    phase: Phase
    aid_type: AidType
    facts: Facts


@transaction.atomic
def suggest(
    *,
    kind: Kind,
    region: Region,
    said: Said,
    target: Target | None = None,
    reach: Reach | None = None,
    aid: Aid | None = None,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Suggestion:
    """Keep a suggestion for the working group; nothing else is written.

    What looks like an identity number, a telephone or an e-mail in its words is blotted out.
    Raises SuggestionRefusedError without words, and for a need whose sender cannot be reached;
    ServedRefusedError for aid that could not be written down either.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="suggest",
            kind=kind,
            region=region.pk,
            target=target and target.pk,
            said=[said.name, said.words, said.families, said.residents, said.counted_on],
            aid=aid and [aid.phase.pk, aid.aid_type.pk, aid.facts],
        ),
    )
    if replay := find_replay(request):
        return Suggestion.objects.get(pk=replay.object_id)
    _check(kind, said, reach)
    facts = _facts_of(aid, target, now)
    made = Suggestion.objects.create(
        code=_new_code(),
        kind=kind,
        region=region,
        target=target,
        target_kind=said.target_kind,
        name=shown(said.name, longest=160),
        families=said.families,
        residents=said.residents,
        counted_on=said.counted_on,
        words=shown(said.words, longest=LONGEST),
        made_at=now,
        made_by=actor.user,
    )
    if aid and facts:
        values = {"phase": aid.phase, "aid_type": aid.aid_type, **vars(facts)}
        SuggestedAid.objects.create(suggestion=made, **values)
    if reach:
        SuggestionContact.objects.create(suggestion=made, phone=reach.phone, email=reach.email)
    record(
        action="suggestions.suggest",
        obj=made,
        actor=actor,
        now=now,
        changes={"place": made.name},
        request=request,
    )
    return made


def _check(kind: Kind, said: Said, reach: Reach | None) -> None:
    if not said.name.strip() or not said.words.strip():
        raise SuggestionRefusedError(_("Name the place, and say what it is about."))
    if kind == Kind.NEED and not (reach and (reach.phone or reach.email)):
        raise SuggestionRefusedError(_("Write a phone number or an e-mail address."))


def _facts_of(aid: Aid | None, target: Target | None, now: datetime) -> Facts | None:
    """Return the facts as they are kept, once they could be written down at the place."""
    if aid is None or target is None:
        return None
    facts = without_numbers(aid.facts)
    check_new(target, aid.phase, aid.aid_type, facts, now)
    return facts


def _new_code() -> str:
    """Return a code such as `K7F3-9Q2M`, without look-alike letters."""
    letters = get_random_string(8, LETTERS)
    return f"{letters[:4]}-{letters[4:]}"
