"""Freezing the list of a phase, at once or after the word of a second officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.needs.models import Need
from ksbb.priority.models import FrozenList
from ksbb.priority.reading import NoListError, read_document, simulated, the_rule
from ksbb.priority.reckoning import csv_of, text_of
from ksbb.programmes.queries import takes_two
from ksbb.programmes.words import phase_name
from ksbb.rights.actions.approvals import ask
from ksbb.rights.enums import Step
from ksbb.rights.models import Approval
from ksbb.shared.fingerprint import digest_of, fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.programmes.models import AidType, Phase

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def set_list(
    *,
    phase: Phase,
    aid_type: AidType,
    packages: int,
    seed: int,
    reason: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> FrozenList | Approval:
    """Freeze a list, or ask a second officer where the programme marks it.

    Raises what `freeze` and `ask` raise.
    """
    if takes_two(Step.FREEZE_LIST, phase.programme):
        read_document(the_rule(phase, now), aid_type, phase, packages=packages, seed=seed, now=now)
        return ask(
            step=Step.FREEZE_LIST,
            obj=phase,
            payload={"aid_type": aid_type.slug, "packages": packages, "seed": str(seed)},
            reason=reason,
            name=lambda: f"{aid_type.name}, {phase_name(phase)}",
            about=aid_type.slug,
            actor=actor,
            now=now,
            idempotency_key=idempotency_key,
        )
    return freeze(
        phase=phase,
        aid_type=aid_type,
        packages=packages,
        seed=seed,
        reason=reason,
        actor=actor,
        now=now,
        idempotency_key=idempotency_key,
    )


@transaction.atomic
def freeze(
    *,
    phase: Phase,
    aid_type: AidType,
    packages: int,
    seed: int,
    reason: str,
    actor: Actor,
    now: datetime,
    code: str = "",
    idempotency_key: str = "",
) -> FrozenList:
    """Put the places of a phase in order as of now and keep that for good.

    The code is drawn unless one is said. Raises NoListError without a rule, a need, a reason or
    packages.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="freeze",
            phase=phase.pk,
            aid_type=aid_type.pk,
            packages=packages,
            seed=seed,
            reason=reason,
        ),
    )
    if replay := find_replay(request):
        return FrozenList.objects.get(entry=replay)
    if not reason.strip():
        raise NoListError(_("Say what the list is frozen for; everybody can read it."))
    rule = the_rule(phase, now)
    document = read_document(rule, aid_type, phase, packages=packages, seed=seed, now=now)
    made = simulated(document)
    asked, told = text_of(document), csv_of(made)
    entry = record(
        action="priority.freeze",
        obj=phase,
        actor=actor,
        now=now,
        reason=reason,
        changes={"version": rule.number, "quantity": packages, "digest": digest_of(told)},
        request=request,
    )
    needs = Need.objects.filter(aid_type=aid_type, phase=phase, target__is_example=True)
    return FrozenList.objects.create(
        code=code or _new_code(),
        phase=phase,
        aid_type=aid_type,
        rule=rule,
        as_of=now,
        packages=packages,
        placed=made.placed,
        seed=seed,
        input=asked,
        output=told,
        input_digest=digest_of(asked),
        output_digest=digest_of(told),
        reason=reason,
        entry=entry,
        is_example=needs.exists(),
    )


def _new_code() -> str:
    """Return a public code such as `K7F3-9Q2M`, without look-alike letters."""
    letters = get_random_string(8, LETTERS)
    return f"{letters[:4]}-{letters[4:]}"
