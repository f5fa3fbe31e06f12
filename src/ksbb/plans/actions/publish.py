from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.allocation.errors import CannotAllocate
from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay, was_carried_out
from ksbb.needs.models import Need
from ksbb.plans.actions.offer import new_code
from ksbb.plans.checking import check
from ksbb.plans.models import PublishedPlan
from ksbb.plans.reading import read_input
from ksbb.plans.reckoning import (
    Document,
    Reckoned,
    Terms,
    reckon,
    state_of,
    text_of,
)
from ksbb.plans.refusals import NoPlanError, sentence
from ksbb.programmes.models import AidType, Phase
from ksbb.programmes.words import phase_name
from ksbb.rights.actions.approvals import ask
from ksbb.rights.enums import Step
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import digest_of, fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.rights.models import Approval


class StalePlanError(DomainError):
    """Needs, commitments or offers are not what they were when the plan was looked at."""


class AuditFailedError(DomainError):
    """The certificate does not hold, so nothing is published."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A plan of now, not written anywhere. `state` names all it depends on."""

    document: Document
    made: Reckoned
    state: str


@dataclass(frozen=True, kw_only=True)
class AskedPlan:
    """A plan that waits for a second officer. `state` is that of the plan the first looked at."""

    aid_type: AidType
    phase: Phase
    terms: Terms
    state: str


def make_draft(*, aid_type: AidType, phase: Phase, terms: Terms, now: datetime) -> Draft:
    """Plan all open offers as of ``now``; nothing is written. Raises NoPlanError."""
    document = read_input(aid_type, phase, terms, now)
    try:
        made = reckon(document)
    except CannotAllocate as refusal:
        raise NoPlanError(sentence(refusal)) from refusal
    return Draft(document=document, made=made, state=state_of(document))


@transaction.atomic
def publish(
    *,
    aid_type: AidType,
    phase: Phase,
    terms: Terms,
    state: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> PublishedPlan:
    """Plan again and freeze it, if it is still what was looked at (``state`` of the draft).

    Raises StalePlanError where anything it depends on has changed, NoPlanError where nothing can
    be planned, and AuditFailedError where the certificate does not hold.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="publish-plan", aid_type=aid_type.pk, phase=phase.pk, terms=terms, state=state
        ),
    )
    if replay := find_replay(request):
        return PublishedPlan.objects.get(pk=replay.object_id)
    draft = _looked_at(aid_type, phase, terms, state, now)
    asked, told = text_of(draft.document), text_of(draft.made.output)
    _audit(asked, told)
    plan = PublishedPlan.objects.create(
        code=new_code(),
        phase=phase,
        aid_type=aid_type,
        as_of=now,
        share=terms.share,
        least=terms.least,
        seed=terms.seed,
        offered=sum(one["packages"] for one in draft.document["offers"]),
        placed=int(draft.made.visits.x.sum()),
        visited=int((draft.made.visits.x > 0).sum()),
        input=asked,
        output=told,
        input_digest=digest_of(asked),
        output_digest=digest_of(told),
        is_example=_is_example(aid_type, phase),
    )
    record(action="plans.publish", obj=plan, actor=actor, now=now, request=request)
    return plan


def ask_to_publish(
    *,
    aid_type: AidType,
    phase: Phase,
    terms: Terms,
    state: str,
    reason: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Approval:
    """Ask a second officer to publish a plan by these terms.

    Of each kind of aid one request waits for a phase.

    Raises StalePlanError and NoPlanError as `publish` does, and what `ask` raises.
    """
    if not was_carried_out(idempotency_key):
        _looked_at(aid_type, phase, terms, state, now)
    return ask(
        step=Step.PUBLISH_PLAN,
        obj=phase,
        payload={
            "aid_type": aid_type.slug,
            "share": terms.share,
            "least": terms.least,
            # As text, for it is a name and no quantity.
            "seed": str(terms.seed),
            "looked_at": state,
        },
        reason=reason,
        name=lambda: f"{aid_type.name}, {phase_name(phase)}",
        about=aid_type.slug,
        actor=actor,
        now=now,
        idempotency_key=idempotency_key,
    )


def asked_plan(approval: Approval) -> AskedPlan:
    """Return what an approval asks to publish."""
    phase = Phase.objects.select_related("programme").get(pk=approval.object_id)
    asked = approval.payload
    return AskedPlan(
        aid_type=AidType.objects.get(programme=phase.programme, slug=asked["aid_type"]),
        phase=phase,
        terms=Terms(share=asked["share"], least=asked["least"], seed=int(asked["seed"])),
        state=asked["looked_at"],
    )


def _looked_at(aid_type: AidType, phase: Phase, terms: Terms, state: str, now: datetime) -> Draft:
    draft = make_draft(aid_type=aid_type, phase=phase, terms=terms, now=now)
    if draft.state != state:
        raise StalePlanError(
            _(
                "Since you looked at this plan something was promised, changed or offered. It was"
                " made anew from what stands now: look at it, then decide."
            )
        )
    return draft


def _audit(asked: str, told: str) -> None:
    failed = [one.sentence for one in check(asked, told) if not one.holds]
    if failed:
        raise AuditFailedError(
            _("The audit does not pass, so nothing was published: {why}"), why=" ".join(failed)
        )


def _is_example(aid_type: AidType, phase: Phase) -> bool:
    needs = Need.objects.filter(aid_type=aid_type, phase=phase, target__is_example=True)
    return needs.exists()
