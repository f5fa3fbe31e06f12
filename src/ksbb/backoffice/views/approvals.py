"""What one officer asked for and another one confirms or refuses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from django.apps import apps
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.audit.queries import newest_entry_id
from ksbb.backoffice.approvals import carry_out as do_it
from ksbb.backoffice.approvals import shown
from ksbb.backoffice.asked import facts_of
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.decide import PlainForm, RefuseApprovalForm
from ksbb.backoffice.inbox.handling import decide, handled
from ksbb.backoffice.inbox.sources import APPROVAL
from ksbb.backoffice.paging import page_of
from ksbb.rights.actions import approvals as actions
from ksbb.rights.models import Approval
from ksbb.rights.queries import open_approvals
from ksbb.shared import clock
from ksbb.web.access import requires
from ksbb.web.acting import By


@requires("rights.decide_approval")
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """List what waits for a second officer."""
    return render(
        request, "backoffice/approvals.html", {"page": page_of(open_approvals(), request)}
    )


@requires("rights.decide_approval")
@require_safe
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one request: who asked for what, and why."""
    return _page(request, pk)


@requires("rights.decide_approval")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the second word; what was asked for is done with it."""
    found = _find(pk)
    looked_at = request.POST.get("keadaan", "")

    def do(by: By) -> None:
        actions.confirm(
            approval_id=found.pk,
            carry_out=lambda one: do_it(one, looked_at, by["actor"], by["now"]),
            **by,
        )

    return decide(
        request,
        PlainForm(request.POST),
        do,
        kind=APPROVAL,
        said=_("Confirmed, and done."),
        show=partial(_page, request, pk),
        about=found,
    )


@requires("rights.decide_approval")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse it with a reason; nothing happens."""
    found = _find(pk)
    form = RefuseApprovalForm(request.POST)

    def do(by: By) -> None:
        actions.refuse(approval_id=found.pk, answer=form.cleaned_data["alasan"], **by)

    return decide(
        request,
        form,
        do,
        kind=APPROVAL,
        said=_("Refused. Nothing was changed."),
        show=partial(_page, request, pk),
        about=found,
    )


def _find(pk: int) -> Approval:
    return or_404(Approval.objects.select_related("asked_by", "decided_by").filter(pk=pk).first())


def _page(
    request: HttpRequest,
    pk: int,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    found = _find(pk)
    model = apps.get_model(found.object_type)
    context = {
        "approval": found,
        "kind": model._meta.verbose_name,
        "facts": facts_of(found),
        "is_own": found.asked_by == request.user,
        "seen": newest_entry_id(found),
        "form": form,
        "refuse_form": form if isinstance(form, RefuseApprovalForm) else RefuseApprovalForm(),
        "refusals": refusals,
        **handled(request, APPROVAL, found),
        **shown(found, clock.now()),
    }
    return render(request, "backoffice/approval.html", context, status=status)
