"""Mending an aggregator's book: an amount, an entry, or stock for what was promised before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.funds.actions import decide, stock
from ksbb.funds.actions.allot import set_aside_for
from ksbb.funds.enums import GiftState
from ksbb.funds.queries_mending import MOST, reversible, without_stock
from ksbb.portal.forms.mending import AmendForm, SetAsideForm, TakeBackForm
from ksbb.portal.funds.own import own_book, own_gift
from ksbb.portal.views.funds.spending import GET_OR_POST, send_form, show_form
from ksbb.shared.formats import rupiah
from ksbb.web.access import requires
from ksbb.web.acting import By


@requires("funds.keep_book")
@never_cache
@require_http_methods(GET_OR_POST)
def amend(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Mend the amount of a confirmed gift of money."""
    gift = own_gift(request, slug, code)
    if gift.state != GiftState.CONFIRMED or not gift.is_money:
        # Its page says what can be done with it.
        return redirect("portal:book-gift", slug, gift.code)
    title = _("Mend the amount of gift %(code)s") % {"code": gift.code}
    if request.method != "POST":
        form = AmendForm(initial={"jumlah": rupiah(gift.accepted or 0)})
        return show_form(request, gift.aggregator, title, form)
    form = AmendForm(request.POST)

    def do(by: By) -> None:
        given = form.cleaned_data
        decide.amend(gift_id=gift.pk, amount=given["jumlah"], reason=given["alasan"], **by)

    return send_form(request, gift.aggregator, title, form, do, _("The amount is mended."))


@requires("funds.keep_book")
@never_cache
@require_http_methods(GET_OR_POST)
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Reverse a purchase, a cost or a loss as a whole."""
    aggregator = own_book(request, slug)
    title = _("Reverse an entry")
    form = TakeBackForm(request.POST or None, reversible(aggregator))
    if request.method != "POST":
        return show_form(request, aggregator, title, form)

    def do(by: By) -> None:
        given = form.cleaned_data
        stock.take_back(
            entry_id=int(given["catatan"]), aggregator=aggregator, reason=given["alasan"], **by
        )

    return send_form(request, aggregator, title, form, do, _("The entry is reversed."))


@requires("funds.keep_book")
@never_cache
@require_http_methods(GET_OR_POST)
def set_aside(request: HttpRequest, slug: str) -> HttpResponse:
    """Set stock aside for a commitment that was made before the stock was on the book."""
    aggregator = own_book(request, slug)
    title = _("Set stock aside for a commitment made before")
    form = SetAsideForm(request.POST or None, list(without_stock(aggregator)[:MOST]))
    if request.method != "POST":
        return show_form(request, aggregator, title, form)

    def do(by: By) -> None:
        set_aside_for(commitment_id=int(form.cleaned_data["komitmen"]), **by)

    return send_form(request, aggregator, title, form, do, _("The packages are set aside."))
