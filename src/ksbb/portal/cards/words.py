"""What stands on the pictures. No personal data: anybody may pass them on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from ksbb.commitments.models import Commitment
from ksbb.needs.models import Target
from ksbb.portal.cards.drawing import Card
from ksbb.portal.overview import overview
from ksbb.portal.places import where_of
from ksbb.portal.scope import Scope
from ksbb.programmes.models import AidType
from ksbb.programmes.words import counted
from ksbb.reports.fulfilment import by_phase
from ksbb.shared.formats import listing, moment, number


def of_home(scope: Scope) -> Card:
    """Say how much of the main aid is still missing in this phase."""
    this_phase = [one for one in by_phase(scope.programme, scope.now) if one.phase == scope.phase]
    rows = overview(this_phase, scope.aid_types)
    missing = [row for row in rows if row.aid_type == scope.main_aid_type]
    return _card(
        scope,
        kind=_("Large-Scale Social Collaboration"),
        title=_("Help each other, place by place"),
        quantity=sum(row.open for row in missing),
        unit=_("%(aid)s still missing in this phase") % {"aid": _main(scope)},
    )


def of_achievement(scope: Scope) -> Card:
    """Say how much of the main aid was received so far."""
    rows = overview(by_phase(scope.programme, scope.now), scope.aid_types)
    own = [row for row in rows if row.aid_type == scope.main_aid_type]
    committed = sum(row.committed for row in own)
    return _card(
        scope,
        kind=_("Results by area and phase"),
        title=scope.programme.name,
        quantity=sum(row.received for row in own),
        unit=_("%(aid)s received of %(committed)s committed")
        % {"aid": _main(scope), "committed": number(committed)},
    )


def of_target(target: Target, scope: Scope) -> Card:
    """Say how much of the main aid this place still lacks in this phase."""
    now = [need for need in target.needs.all() if need.phase == scope.phase]
    own = [need for need in now if need.aid_type == scope.main_aid_type]
    return _card(
        scope,
        kind=_("Places that need help"),
        title=target.name,
        where=where_of([target])[target.pk],
        quantity=_sum(need.open for need in own),
        unit=_("%(aid)s still missing in this phase") % {"aid": _main(scope)},
    )


def of_commitment(commitment: Commitment, scope: Scope) -> Card:
    """Say how far a commitment is, by its code alone."""
    lines = list(commitment.lines.all())
    sums = Counter[AidType]()
    for line in lines:
        sums[line.need.aid_type] += line.committed
    # Units are never added up: the figure is of the kind there is most of, the rest is named.
    [(main, most)] = sums.most_common(1)
    own = [line for line in lines if line.need.aid_type == main]
    return _card(
        scope,
        kind=commitment.get_state_display().capitalize(),
        title=_("Commitment %(code)s") % {"code": commitment.code},
        where=listing(counted(quantity, kind) for kind, quantity in sums.most_common()),
        quantity=sum(line.received for line in own),
        unit=_("%(aid)s received of %(committed)s committed")
        % {"aid": main.counted, "committed": number(most)},
    )


def _card(
    scope: Scope, *, kind: str, title: str, quantity: int, unit: str, where: str = ""
) -> Card:
    foot = _("As of %(when)s") % {"when": moment(scope.now)}
    if settings.DEMO or scope.programme.is_example:
        foot = f"{foot} ({_('example')})"
    shown = number(quantity)
    return Card(kind=kind, title=title, where=where, figure=shown, unit=unit, foot=foot)


def _main(scope: Scope) -> str:
    return scope.main_aid_type.counted if scope.main_aid_type else ""


def _sum(numbers: Iterable[int | None]) -> int:
    return sum(one or 0 for one in numbers)
