"""What one officer asks another to confirm, in words: one line for each thing to judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ksbb.backoffice.forms.priority import RuleForm
from ksbb.needs.models import Need
from ksbb.needs.queries_rule import by_rule
from ksbb.plans.actions.publish import asked_plan
from ksbb.priority.formula import Terms
from ksbb.programmes.models import AidType, Phase
from ksbb.programmes.words import counted
from ksbb.rights.enums import ApprovalState, Step
from ksbb.rights.models import Approval
from ksbb.shared.formats import listing, moment, number


class Fact(NamedTuple):
    """One thing the second officer judges by."""

    label: str | Promise
    text: str


def facts_of(approval: Approval) -> list[Fact]:
    """Return what is asked for; nothing where the step says it all."""
    words = _WORDS.get(Step(approval.step))
    return list(words(approval)) if words else []


def _set_need(approval: Approval) -> Iterator[Fact]:
    need = Need.objects.select_related("target", "phase", "aid_type").get(pk=approval.object_id)
    if approval.state == ApprovalState.ASKED:
        yield Fact(_("Stands now"), counted(need.quantity, need.aid_type))
        yield Fact(_("By the rule"), counted(by_rule(need), need.aid_type))
    yield Fact(_("New quantity"), counted(approval.payload["quantity"], need.aid_type))


def _publish_rule(approval: Approval) -> Iterator[Fact]:
    # A jsonb column keeps no order.
    for name in Terms.__dataclass_fields__:
        yield Fact(RuleForm.base_fields[name].label or name, number(approval.payload["rule"][name]))
    begins = approval.payload["valid_from"]
    when = moment(datetime.fromisoformat(begins)) if begins else _("with the second word")
    yield Fact(_("Valid from"), when)


def _freeze_list(approval: Approval) -> Iterator[Fact]:
    asked = approval.payload
    phase = Phase.objects.get(pk=approval.object_id)
    aid_type = AidType.objects.get(programme=phase.programme_id, slug=asked["aid_type"])
    yield Fact(_("To be placed"), counted(asked["packages"], aid_type))
    yield Fact(_("Seed of the draw"), number(int(asked["seed"])))


def _publish_plan(approval: Approval) -> Iterator[Fact]:
    terms = asked_plan(approval).terms
    yield Fact(_("Share of the families a visit reaches"), f"{number(terms.share)}%")
    yield Fact(_("Packages per visit at least"), number(terms.least))


def _unmark(approval: Approval) -> Iterator[Fact]:
    steps = listing(str(Step(one).label) for one in approval.payload["steps"])
    yield Fact(_("Steps of two officers from then on"), steps or _("none"))


_WORDS: Final[dict[Step, Callable[[Approval], Iterator[Fact]]]] = {
    Step.SET_NEED: _set_need,
    Step.PUBLISH_RULE: _publish_rule,
    Step.FREEZE_LIST: _freeze_list,
    Step.PUBLISH_PLAN: _publish_plan,
    Step.UNMARK: _unmark,
}
