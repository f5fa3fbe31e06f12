"""What an aggregator does with money and stock: buys, pays costs, writes off, shares out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.reserve import LineRequest
from ksbb.commitments.actions.submit import Plan
from ksbb.funds.actions import spend, stock
from ksbb.funds.actions.allot import commit_from_stock
from ksbb.portal.forms.book import BuyForm, CostForm, LoseForm, ShareOutForm
from ksbb.portal.funds.own import address_of_book, own_book, own_lot
from ksbb.portal.scope import read_scope
from ksbb.proposals.propose import propose
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out

GET_OR_POST = ["GET", "HEAD", "POST"]


@requires("funds.keep_book")
@never_cache
@require_http_methods(GET_OR_POST)
def buy(request: HttpRequest, slug: str) -> HttpResponse:
    """Turn unspent money into packages in stock."""
    aggregator, scope = own_book(request, slug), read_scope(request)
    title = _("Buy packages")
    if request.method != "POST":
        return show_form(request, aggregator, title, BuyForm(None, scope))
    form = BuyForm(request.POST, scope)

    def do(by: By) -> None:
        spend.buy(aggregator=aggregator, programme=scope.programme, bill=form.bill, **by)

    return send_form(request, aggregator, title, form, do, _("The packages are in stock."))


@requires("funds.keep_book")
@never_cache
@require_http_methods(GET_OR_POST)
def cost(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down operating costs."""
    aggregator, scope = own_book(request, slug), read_scope(request)
    title = _("Write down operating costs")
    if request.method != "POST":
        return show_form(request, aggregator, title, CostForm())
    form = CostForm(request.POST)

    def do(by: By) -> None:
        given = form.cleaned_data
        spend.pay_cost(
            aggregator=aggregator,
            programme=scope.programme,
            amount=given["jumlah"],
            what_for=given["keperluan"],
            **by,
        )

    return send_form(request, aggregator, title, form, do, _("The costs are on the book."))


@requires("funds.keep_book")
@never_cache
@require_http_methods(GET_OR_POST)
def lose(request: HttpRequest, slug: str, lot_id: int) -> HttpResponse:
    """Write off packages of a lot that were lost or spoiled."""
    aggregator = own_book(request, slug)
    lot = own_lot(aggregator, lot_id)
    title = _("Write off lost or spoiled packages")
    if request.method != "POST":
        return show_form(request, aggregator, title, LoseForm(), lot=lot)
    form = LoseForm(request.POST)

    def do(by: By) -> None:
        given = form.cleaned_data
        stock.lose(lot_id=lot.pk, quantity=given["jumlah"], reason=given["alasan"], **by)

    return send_form(request, aggregator, title, form, do, _("The loss is on the book."), lot=lot)


@requires("funds.keep_book")
@never_cache
@require_http_methods(GET_OR_POST)
def share_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Commit packages in stock to the places where they do most, in one step."""
    aggregator, scope = own_book(request, slug), read_scope(request)
    title = _("Share out packages in stock")
    if request.method != "POST":
        return show_form(request, aggregator, title, ShareOutForm(None, scope))
    form = ShareOutForm(request.POST, scope)

    def do(by: By) -> None:
        found = propose(programme=scope.programme, offer=form.offer, now=scope.now)
        needs = [
            LineRequest(found.places[one.row].need, one.quantity)
            for one in found.explanation.reasons
        ]
        plan = Plan(
            planned_for=form.day,
            delivery_window=form.cleaned_data["waktu"],
            remark=form.cleaned_data["catatan"],
            statement_accepted=True,
        )
        commit_from_stock(
            aggregator=aggregator, programme=scope.programme, lines=needs, plan=plan, **by
        )

    said = _("The packages are committed and set aside. See them on your page.")
    return send_form(request, aggregator, title, form, do, said)


def send_form(
    request: HttpRequest,
    aggregator: Collaborator,
    title: str,
    form: forms.Form,
    do: Callable[[By], None],
    said: str,
    **more: Any,
) -> HttpResponse:
    """Carry out a form of the book and go back to the desk, or show it again and why not."""
    return carry_out(
        request,
        form,
        do,
        said=said,
        back=address_of_book(aggregator),
        show=partial(show_form, request, aggregator, title, **more),
    )


def show_form(
    request: HttpRequest,
    aggregator: Collaborator,
    title: str,
    form: forms.BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
    **more: Any,
) -> HttpResponse:
    """Show one form of the book under its title."""
    context = {
        "aggregator": aggregator,
        "title": title,
        "form": form,
        "refusals": refusals,
        **more,
    }
    return render(request, "portal/funds/form.html", context, status=status)
