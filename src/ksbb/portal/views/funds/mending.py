"""Mending an aggregator's book: an amount, an entry, or stock for what was promised before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.collaborators.models import Collaborator
from ksbb.funds.actions import decide, stock
from ksbb.funds.actions.allot import set_aside_for
from ksbb.funds.enums import GiftState
from ksbb.funds.queries_mending import (
    MOST,
    missing_by_kind,
    reversible,
    stock_by_kind,
    without_stock,
)
from ksbb.portal.forms.mending import AmendForm, SetAsideForm, TakeBackForm, packages_of
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
    waiting = missing_by_kind(list(without_stock(aggregator)[:MOST]))
    form = SetAsideForm(request.POST or None, waiting)
    notes = _what_is_set_aside(aggregator, waits=bool(waiting))
    if request.method != "POST":
        return show_form(request, aggregator, title, form, notes=notes)

    def do(by: By) -> None:
        set_aside_for(commitment_id=int(form.cleaned_data["komitmen"]), **by)

    said = _("The packages are set aside.")
    return send_form(request, aggregator, title, form, do, said, notes=notes)


def _what_is_set_aside(aggregator: Collaborator, *, waits: bool) -> list[str]:
    """Return what the step does and what there is in stock, as sentences."""
    if not waits:
        return [_("Stock is set aside for all your commitments. There is nothing to do here.")]
    there = packages_of(stock_by_kind(aggregator))
    return [
        _(
            "All packages that the commitment still lacks are taken out of stock and kept for its "
            "places, with the rupiah that paid for them; if stock does not suffice, nothing "
            "changes. What was already handed over counts as handed over from stock."
        ),
        _("In stock: %(packages)s.") % {"packages": there} if there else _("Nothing is in stock."),
    ]
