from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.priority.formula import PLAIN, Terms
from ksbb.priority.models import FrozenList, PriorityRule

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from ksbb.programmes.models import Programme


def versions_of(programme: Programme) -> QuerySet[PriorityRule]:
    """Return all versions of a programme's rule, the newest first, with who published them."""
    found = PriorityRule.objects.filter(programme=programme)
    return found.select_related("entry__actor").order_by("-number")


def rule_in_force(programme: Programme, now: datetime) -> PriorityRule | None:
    """Return the newest version that has begun, or None where no rule was published."""
    return versions_of(programme).filter(valid_from__lte=now).first()


def terms_in_force(programme: Programme, now: datetime) -> Terms:
    """Return what the rule in force says, or the plain order where none was published."""
    rule = rule_in_force(programme, now)
    return rule.terms if rule else PLAIN


def frozen_lists(programme: Programme) -> QuerySet[FrozenList]:
    """Return the frozen lists of a programme without their files, newest first."""
    found = FrozenList.objects.filter(phase__programme=programme).defer("input", "output")
    return found.select_related("phase", "aid_type", "rule").order_by("-pk")


def find_list(code: str, programme: Programme) -> FrozenList | None:
    """Return a frozen list with its files, or None."""
    found = FrozenList.objects.filter(code=code, phase__programme=programme)
    return found.select_related("phase", "aid_type", "rule", "entry__actor").first()
