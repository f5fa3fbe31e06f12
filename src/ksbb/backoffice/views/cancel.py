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
from ksbb.backoffice.views.commitment import address_of
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.commitments.queries import find_by_code
from ksbb.funds.actions.free import cancel as cancel_commitment
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out, seen
from ksbb.web.forms.cancel import CancelForm


@requires("commitments.cancel")
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Take back all or part of what is not handed over yet."""
    found = or_404(find_by_code(code))
    if request.method != "POST":
        return _page(request, code, CancelForm(None, _open_lines(found)))
    form = CancelForm(request.POST, _open_lines(found))

    def do(by: By) -> None:
        cancel_commitment(
            commitment_id=found.pk,
            quantities=form.quantities,
            reason=form.cleaned_data["alasan"],
            seen=seen(request),
            **by,
        )

    return carry_out(
        request,
        form,
        do,
        said=_("The cancellation is written down; the quantity is open for others."),
        back=address_of(found),
        show=partial(_page, request, code),
        about=found,
    )


def _open_lines(found: Commitment) -> list[CommitmentLine]:
    return [line for line in found.lines.all() if line.undelivered]


def _page(
    request: HttpRequest,
    code: str,
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    found = or_404(find_by_code(code))
    context = {
        "commitment": found,
        "seen": newest_entry_id(found),
        "form": form,
        "refusals": refusals,
    }
    return render(request, "backoffice/cancel.html", context, status=status)
