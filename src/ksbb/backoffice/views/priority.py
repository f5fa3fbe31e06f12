"""The priority rule: what the next packages would do, its versions, and freezing a list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.priority import FreezeForm, RuleForm
from ksbb.priority.actions.freeze import set_list
from ksbb.priority.actions.publish import set_rule
from ksbb.priority.queries import frozen_lists, rule_in_force, versions_of
from ksbb.programmes.queries import current_programme, takes_two
from ksbb.programmes.scope import Scope, scope_of
from ksbb.rights.enums import Step
from ksbb.shared import clock
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out
from ksbb.web.forms.priority import SimulationForm
from ksbb.web.simulating import simulation


@requires("priority.manage")
@require_safe
def priority(request: HttpRequest) -> HttpResponse:
    """Show the rule in force and where the next packages would go."""
    return _page(request)


@requires("priority.manage")
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the next version of the rule."""
    scope = _scope()
    form = RuleForm(request.POST)

    def do(by: By) -> None:
        set_rule(
            programme=scope.programme,
            terms=form.terms,
            valid_from=form.cleaned_data["mulai"],
            reason=form.cleaned_data["alasan"],
            **by,
        )

    said = _("The rule is published. Everybody can read it.")
    return _carried_out(request, form, do, _asked(Step.PUBLISH_RULE, scope) or said)


@requires("priority.manage")
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the list of a phase."""
    scope = _scope()
    form = FreezeForm(request.POST, scope)

    def do(by: By) -> None:
        set_list(
            phase=form.phase,
            aid_type=form.aid_type,
            packages=form.cleaned_data["jumlah"],
            seed=form.seed,
            reason=form.cleaned_data["alasan"],
            **by,
        )

    said = _("The list is frozen. Everybody can check it.")
    return _carried_out(request, form, do, _asked(Step.FREEZE_LIST, scope) or said)


def _asked(step: Step, scope: Scope) -> str:
    two = takes_two(step, scope.programme)
    return _("Another officer has to confirm it. Until then nothing changes.") if two else ""


def _carried_out(request: HttpRequest, form: BaseForm, do: Any, said: str) -> HttpResponse:
    back = reverse("backoffice:priority")
    return carry_out(request, form, do, said=said, back=back, show=partial(_page, request))


def _scope() -> Scope:
    return scope_of(or_404(current_programme()), clock.now())


def _page(
    request: HttpRequest,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    scope = _scope()
    asked = SimulationForm(request.POST if isinstance(form, FreezeForm) else request.GET, scope)
    context: dict[str, Any] = {"form": form, "refusals": refusals, "asked": asked}
    if asked.is_valid():
        context |= simulation(asked, scope)
    elif status == HTTPStatus.OK:
        status, context["form"] = HTTPStatus.BAD_REQUEST, asked
    rule = rule_in_force(scope.programme, scope.now)
    context |= {
        "rule": rule,
        "now": scope.now,
        "versions": versions_of(scope.programme),
        "frozen": frozen_lists(scope.programme)[:20],
        "rule_form": form if isinstance(form, RuleForm) else RuleForm(None, rule),
        "freeze_form": form if isinstance(form, FreezeForm) else FreezeForm(asked.data, scope),
    }
    return render(request, "backoffice/priority.html", context, status=status)
