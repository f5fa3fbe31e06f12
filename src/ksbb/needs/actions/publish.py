from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, NeedAdjustment, Target
from ksbb.programmes.enums import Basis
from ksbb.programmes.models import Programme
from ksbb.regions.queries import within
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.audit.models import Entry
    from ksbb.programmes.models import NeedRule, Phase

BY_RULE = "rule"


@transaction.atomic
def publish(
    *,
    programme: Programme,
    only: Target | None = None,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> int:
    """Reckon the needs of verified targets from the programme's rules; return how many.

    That is every target of its kinds in its area, or `only` one of them. Needs that stand already
    are left as they are: raising one is a decision of its own. Two publications of one programme
    follow each other.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="publish", programme=programme.pk, only=only.pk if only else None
        ),
    )
    if replay := find_replay(request):
        return int(replay.changes["needs"])
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    targets = Target.objects.filter(
        verification=Verification.VERIFIED,
        kind__in=programme.target_kinds.all(),
    ).filter(within("region", programme.root_region_id))
    known = Need.objects.filter(phase__programme=programme)
    if only:
        targets, known = targets.filter(pk=only.pk), known.filter(target=only)
    wanted = dict(_wanted(programme, list(targets)))
    standing = set(known.values_list("target_id", "phase_id", "aid_type_id"))
    missing = {key: quantity for key, quantity in wanted.items() if key not in standing}
    needs = Need.objects.bulk_create(
        [Need(target_id=key[0], phase_id=key[1], aid_type_id=key[2]) for key in missing],
        batch_size=5_000,
    )
    if needs:
        entry = record(
            action="needs.publish",
            obj=programme,
            actor=actor,
            now=now,
            changes={"needs": len(needs)},
            request=request,
        )
        _write_quantities(needs, list(missing.values()), entry)
    return len(needs)


def _wanted(
    programme: Programme, targets: list[Target]
) -> Iterator[tuple[tuple[int, int, int], int]]:
    phases = list(programme.phases.all())
    # A rule for one phase comes after the rule for all phases and so takes its place.
    rules = list(programme.need_rules.order_by(F("phase").asc(nulls_first=True), "pk"))
    for target in targets:
        for rule in rules:
            if rule.target_kind_id == target.kind_id:
                yield from _by_rule(target, rule, phases)


def _by_rule(
    target: Target, rule: NeedRule, phases: list[Phase]
) -> Iterator[tuple[tuple[int, int, int], int]]:
    count = target.families if rule.basis == Basis.FAMILIES else target.residents
    for phase in phases:
        if count and rule.phase_id in (None, phase.pk):
            yield (target.pk, phase.pk, rule.aid_type_id), rule.quantity_for(count, phase)


def _write_quantities(needs: list[Need], quantities: list[int], entry: Entry) -> None:
    NeedAdjustment.objects.bulk_create(
        [
            NeedAdjustment(need=need, delta=quantity, at=entry.at, reason=BY_RULE, entry=entry)
            for need, quantity in zip(needs, quantities, strict=True)
        ],
        batch_size=5_000,
    )
