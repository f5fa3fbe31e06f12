"""Publishing a version of the priority rule, at once or after the word of a second officer."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.priority.formula import Terms
from ksbb.priority.models import PriorityRule
from ksbb.priority.queries import versions_of
from ksbb.programmes.locking import lock_programme
from ksbb.programmes.models import Programme
from ksbb.programmes.queries import takes_two
from ksbb.rights.actions.approvals import ask
from ksbb.rights.enums import Step
from ksbb.rights.models import Approval
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from ksbb.audit.actors import Actor


class RuleRefusedError(DomainError):
    """No rule can be published like this."""


def set_rule(
    *,
    programme: Programme,
    terms: Terms,
    valid_from: datetime | None,
    reason: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> PriorityRule | Approval:
    """Publish a version, or ask a second officer where the programme marks it.

    Without `valid_from` it holds from the moment it is published. Raises what `publish_rule` and
    `ask` raise.
    """
    _check(terms, reason)
    if takes_two(Step.PUBLISH_RULE, programme):
        return ask(
            step=Step.PUBLISH_RULE,
            obj=programme,
            payload={
                "rule": asdict(terms),
                "valid_from": valid_from.isoformat() if valid_from else None,
            },
            reason=reason,
            actor=actor,
            now=now,
            idempotency_key=idempotency_key,
        )
    return publish_rule(
        programme_id=programme.pk,
        terms=terms,
        valid_from=valid_from,
        reason=reason,
        actor=actor,
        now=now,
        idempotency_key=idempotency_key,
    )


@transaction.atomic
def publish_rule(
    *,
    programme_id: int,
    terms: Terms,
    valid_from: datetime | None,
    reason: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> PriorityRule:
    """Publish the next version of a programme's rule; earlier ones and their lists stay.

    Raises RuleRefusedError out of bounds, without a reason, and for a moment in the past.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="publish-rule",
            programme=programme_id,
            terms=terms,
            valid_from=valid_from,
            reason=reason,
        ),
    )
    if replay := find_replay(request):
        return PriorityRule.objects.get(entry=replay)
    programme = lock_programme(programme_id)
    _check(terms, reason)
    begins = valid_from or now
    if begins < now:
        raise RuleRefusedError(_("A rule cannot begin in the past: lists were made without it."))
    newest = versions_of(programme).first()
    if newest and begins < newest.valid_from:
        raise RuleRefusedError(_("A later version was published already. Begin after it."))
    version = newest.number + 1 if newest else 1
    entry = record(
        action="priority.publish_rule",
        obj=programme,
        actor=actor,
        now=now,
        reason=reason,
        changes={"version": version, **asdict(terms)},
        request=request,
    )
    return PriorityRule.objects.create(
        programme=programme,
        number=version,
        valid_from=begins,
        reason=reason,
        entry=entry,
        **asdict(terms),
    )


def _check(terms: Terms, reason: str) -> None:
    if not reason.strip():
        raise RuleRefusedError(_("Say why the rule is like this; everybody can read it."))
    within = (
        0 <= terms.families_extra <= 9000  # noqa: PLR2004 - as the database has it
        and 5 <= terms.families_full <= 100_000  # noqa: PLR2004 - as above
        and 0 <= terms.age_less <= 900  # noqa: PLR2004 - as above
        and 1 <= terms.age_full <= 10_000  # noqa: PLR2004 - as above
        and 0 <= terms.committed_percent <= 100  # noqa: PLR2004 - as above
        and 0 <= terms.served_percent <= 100  # noqa: PLR2004 - as above
    )
    if not within:
        raise RuleRefusedError(_("A number of the rule is out of its bounds."))
