"""Changing what was promised: more to the same place, or the rest to other places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.audit.queries import newest_entry_id
from ksbb.commitments.models import CommitmentLine
from ksbb.commitments.rules import possible_verbs
from ksbb.deliveries.actions.change import change
from ksbb.funds.queries_mending import lacking
from ksbb.needs.queries_near import Nearby, nearest_open, places_with
from ksbb.portal.forms.change import MoreForm, MoveForm, keys_in
from ksbb.portal.mine.own import address_of, own_line
from ksbb.portal.places import where_of
from ksbb.shared import clock
from ksbb.shared.formats import number
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out, seen

PLACES: Final = 6


@requires("commitments.act_for_giver")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def more(request: HttpRequest, code: str, line_id: int) -> HttpResponse:
    """Give more of the same to the same place."""
    line = own_line(request, code, line_id)
    form = MoreForm(request.POST if request.method == "POST" else None, line)
    show = partial(_page, request, code, line_id, "portal/mine/more.html")
    if request.method != "POST":
        return show(form)

    def do(by: By) -> None:
        change(
            commitment_id=line.commitment_id,
            less={},
            more={line.need_id: form.cleaned_data["jumlah"]},
            reason="",
            seen=seen(request),
            **by,
        )
        _say_what_lacks(request, line)

    return carry_out(
        request,
        form,
        do,
        said=_("It is added to your commitment."),
        back=address_of(line.commitment),
        show=show,
        about=line.commitment,
    )


@requires("commitments.act_for_giver")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, code: str, line_id: int) -> HttpResponse:
    """Bring what is left of a line to other places: all of what is typed, or nothing."""
    line = own_line(request, code, line_id)
    data = request.POST if request.method == "POST" else None
    form = MoveForm(data, line, _offered(request, line))
    show = partial(_page, request, code, line_id, "portal/mine/move.html")
    if data is None:
        return show(form)

    def do(by: By) -> None:
        change(
            commitment_id=line.commitment_id,
            less={line.pk: sum(form.quantities.values())},
            more=form.quantities,
            reason="",
            seen=seen(request),
            **by,
        )
        _say_what_lacks(request, line)

    return carry_out(
        request,
        form,
        do,
        said=_("It is moved. The other place takes part in your commitment now."),
        back=address_of(line.commitment),
        show=show,
        about=line.commitment,
    )


def _say_what_lacks(request: HttpRequest, line: CommitmentLine) -> None:
    """Say what an aggregator has to do for packages no stock stands behind."""
    if missing := lacking(line.commitment):
        said = _(
            "For %(missing)s packages of this commitment there is no stock. Buy or receive them, "
            "then set them aside in your book under “Set stock aside for a commitment made before”."
        )
        messages.warning(request, said % {"missing": number(missing)})


def _offered(request: HttpRequest, line: CommitmentLine) -> list[Nearby]:
    """Return the nearest places; those that were typed in stay, be they full by now."""
    near = nearest_open(line.need, limit=PLACES)
    typed = keys_in(request.POST) - {one.need.pk for one in near}
    return near + (places_with(line.need, typed)[:PLACES] if typed else [])


def _page(
    request: HttpRequest,
    code: str,
    line_id: int,
    template: str,
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    line = own_line(request, code, line_id)
    need, today = line.need, clock.now().date()
    is_open = "cancel" in possible_verbs(line.commitment) and need.phase.ends_on >= today
    context = {
        "commitment": line.commitment,
        "line": line,
        "where": where_of([need.target])[need.target_id],
        "seen": newest_entry_id(line.commitment),
        "form": form,
        "refusals": refusals,
        "can_add": is_open and need.open > 0,
        "can_move": is_open and line.undelivered > 0,
    }
    return render(request, template, context, status=status)
