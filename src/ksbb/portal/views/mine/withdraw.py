"""Giving less: a part or all of what is not handed over, freed for others or left to them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.audit.queries import newest_entry_id
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.commitments.rules import CALLING
from ksbb.funds.actions.free import cancel
from ksbb.portal.mine.own import address_of, own_commitment
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out, seen
from ksbb.web.forms.cancel import CancelForm


@requires("commitments.act_for_giver")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Reduce or withdraw; the quantity is open for others at once."""
    said = _("It is withdrawn. The quantity is open for others now.")
    return _give_less(request, code, said, for_others=False)


@requires("commitments.act_for_giver")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Leave the rest to whoever can bring it: it is offered to everybody, place by place."""
    said = _("The rest is offered to whoever can bring it, and open for others now.")
    return _give_less(request, code, said, for_others=True)


def _give_less(request: HttpRequest, code: str, said: str, *, for_others: bool) -> HttpResponse:
    found = own_commitment(request, code)
    show = partial(_page, request, found.code, for_others)
    if request.method != "POST":
        return show(CancelForm(None, _open_lines(found)))
    form = CancelForm(request.POST, _open_lines(found))

    def do(by: By) -> None:
        cancel(
            commitment_id=found.pk,
            quantities=form.quantities,
            reason=form.cleaned_data["alasan"],
            for_others=for_others,
            seen=seen(request),
            **by,
        )

    return carry_out(request, form, do, said=said, back=address_of(found), show=show, about=found)


def _open_lines(found: Commitment) -> list[CommitmentLine]:
    return [line for line in found.lines.all() if line.undelivered]


def _page(
    request: HttpRequest,
    code: str,
    for_others: bool,  # noqa: FBT001 - says which of two pages this is
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    found = own_commitment(request, code)
    context = {
        "commitment": found,
        "seen": newest_entry_id(found),
        "form": form,
        "refusals": refusals,
        "for_others": for_others,
        "is_possible": bool(_open_lines(found)) and (not for_others or found.state in CALLING),
    }
    return render(request, "portal/mine/withdraw.html", context, status=status)
