from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ksbb.audit.queries import newest_entry_id
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.need import NeedForm
from ksbb.backoffice.paging import page_of
from ksbb.needs.actions.set_quantity import set_quantity
from ksbb.needs.queries_desk import adjustments_of, find_need_by_key
from ksbb.needs.queries_rule import takes_a_second
from ksbb.rights.enums import Step
from ksbb.rights.queries import open_approval_about
from ksbb.web.access import check, requires
from ksbb.web.acting import By, carry_out, seen


@requires("needs.propose")
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a need came about, and set it to another quantity."""
    found = or_404(find_need_by_key(pk))
    check(request, "needs.propose", found)
    if request.method != "POST":
        return _page(request, pk, NeedForm(None, found))
    form = NeedForm(request.POST, found)
    only_proposes = not request.user.has_perm("needs.adjust")
    is_asked = form.is_valid() and (
        only_proposes or takes_a_second(found, form.cleaned_data["jumlah"])
    )

    def do(by: By) -> None:
        set_quantity(
            need_id=found.pk,
            quantity=form.cleaned_data["jumlah"],
            reason=form.cleaned_data["alasan"],
            only_proposes=only_proposes,
            seen=seen(request),
            **by,
        )

    return carry_out(
        request,
        form,
        do,
        said=_("Another officer has to confirm it. Until then nothing changes.")
        if is_asked
        else _("The new quantity is written down."),
        back=request.path,
        show=partial(_page, request, pk),
        about=found,
    )


def _page(
    request: HttpRequest,
    pk: int,
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    found = or_404(find_need_by_key(pk))
    context = {
        "need": found,
        "waiting": open_approval_about(Step.SET_NEED, found),
        "only_proposes": not request.user.has_perm("needs.adjust"),
        "seen": newest_entry_id(found),
        "page": page_of(adjustments_of(found), request),
        "form": form,
        "refusals": refusals,
    }
    return render(request, "backoffice/need.html", context, status=status)
