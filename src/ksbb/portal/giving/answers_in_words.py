"""The answers of a draft as they are read on the page that checks them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from ksbb.collaborators.enums import Kind
from ksbb.collaborators.queries import collaborators_of
from ksbb.commitments.enums import Window
from ksbb.needs.queries_list import open_needs
from ksbb.portal.giving.draft import Draft
from ksbb.portal.giving.send import plan_of
from ksbb.portal.giving.show_package import sums
from ksbb.portal.places import rows_of
from ksbb.portal.scope import Scope


def answers_in_words(request: HttpRequest, scope: Scope, draft: Draft) -> dict[str, Any]:
    """Return what the page of the check shows: places, sums, giver, plan."""
    needs = list(open_needs(list(draft.lines), scope.programme))
    plan = plan_of(draft)
    known = {str(one.pk): one for one in collaborators_of(request.user)}
    return {
        "scope": scope,
        "rows": [(row, draft.lines[row.need.pk]) for row in rows_of(needs)],
        "sums": sums(needs, draft),
        "giver": draft.giver,
        "known": known.get(draft.giver.get("siapa", "")),
        "kind": dict(Kind.choices).get(draft.giver["jenis"], ""),
        "plan": plan,
        "window": Window(plan.delivery_window).label,
    }
