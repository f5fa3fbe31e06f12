"""From the answers of a draft to the one action that makes a commitment of them."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.collaborators.actions.register import Applicant
from ksbb.collaborators.models import Collaborator
from ksbb.collaborators.queries import collaborators_of
from ksbb.commitments.actions.promise import promise
from ksbb.commitments.actions.reserve import LineRequest
from ksbb.commitments.actions.submit import Plan
from ksbb.commitments.models import Commitment
from ksbb.portal.forms.answers import SOMEBODY_NEW
from ksbb.portal.giving.draft import Draft
from ksbb.portal.scope import Scope
from ksbb.shared.errors import DomainError


class GiverGoneError(DomainError):
    """The visitor has lost the right to act for the chosen collaborator."""


def send(request: HttpRequest, scope: Scope, draft: Draft) -> Commitment:
    """Commit everything in the draft or nothing; raises what `promise` raises."""
    user = request.user if request.user.is_authenticated else None
    return promise(
        programme=scope.programme,
        giver=giver_of(request, draft),
        lines=[LineRequest(need, quantity) for need, quantity in draft.lines.items()],
        plan=plan_of(draft),
        actor=Actor(user=user, channel=Channel.WEB),
        now=scope.now,
        idempotency_key=draft.key,
    )


def giver_of(request: HttpRequest, draft: Draft) -> Collaborator | Applicant:
    """Return whom the visitor acts for, asked anew because a membership may have ended."""
    given = draft.giver
    if given.get("siapa", SOMEBODY_NEW) != SOMEBODY_NEW:
        known = collaborators_of(request.user).filter(pk=given["siapa"]).first()
        if known is None:
            raise GiverGoneError(_("You do not act for this giver any more. Choose again."))
        return known
    return Applicant(
        name=given["nama"],
        kind=given["jenis"],
        is_anonymous=given["anonim"],
        contact_name=given["kontak"],
        email=given["surel"],
        phone=given["telepon"],
        language=get_language() or "id",
    )


def plan_of(draft: Draft) -> Plan:
    """Return the schedule and the agreement to the statement."""
    return Plan(
        planned_for=date.fromisoformat(draft.schedule["tanggal"]),
        delivery_window=draft.schedule["waktu"],
        remark=draft.schedule["catatan"],
        statement_accepted=draft.agreed,
    )
