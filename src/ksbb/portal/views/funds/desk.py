"""The aggregator's desk: what waits for its word, what it holds, and the decision on a gift."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ksbb.audit.queries import newest_entry_id
from ksbb.collaborators.queries import standing_of
from ksbb.funds.actions import decide as actions
from ksbb.funds.queries import awaiting_confirmation, has_proof
from ksbb.funds.queries_money import goods_with, lots_in_stock, money_with
from ksbb.portal.forms.book import ConfirmForm, RefuseGiftForm
from ksbb.portal.funds.own import address_of_book, own_book, own_gift
from ksbb.portal.funds.segments import segments
from ksbb.portal.scope import read_scope
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out

# Both answers ask for a reason on one page; their fields must not share a name there.
APART: Final[dict[str, Any]] = {"auto_id": "tolak-%s"}


@requires("funds.keep_book")
@never_cache
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the inbox of declared gifts, the money, the stock, and what can be done."""
    aggregator, scope = own_book(request, slug), read_scope(request)
    area = scope.programme.root_region_id
    standing, permit = standing_of(aggregator, area=area, day=scope.today)
    money = money_with(aggregator, scope.programme)
    context = {
        "aggregator": aggregator,
        "scope": scope,
        "as_of": scope.now,
        "standing": standing,
        "permit": permit,
        "waiting": list(awaiting_confirmation(aggregator)),
        "money": money,
        "passes_cap": money.passes_cap(scope.programme),
        "segments": segments(money),
        "goods": goods_with(aggregator, scope.programme),
        "lots": lots_in_stock(aggregator, scope.programme),
    }
    return render(request, "portal/funds/desk.html", context)


@requires("funds.keep_book")
@never_cache
@require_safe
def decide(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show one declared gift with the two answers to it."""
    return _page(request, slug, code)


@requires("funds.keep_book")
@never_cache
def confirm(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take the gift on the book as it arrived."""
    gift = own_gift(request, slug, code)
    form = ConfirmForm(request.POST, gift)

    def do(by: By) -> None:
        given = form.cleaned_data
        actions.confirm(
            gift_id=gift.pk,
            counted=given["tiba"],
            accepted=given.get("layak"),
            reason=given["alasan"],
            **by,
        )

    return carry_out(
        request,
        form,
        do,
        said=_("The gift is confirmed and has its receipt."),
        back=address_of_book(gift.aggregator),
        show=partial(_page, request, slug, code),
    )


@requires("funds.keep_book")
@never_cache
def refuse(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Say that the gift did not arrive or is not taken."""
    gift = own_gift(request, slug, code)
    form = RefuseGiftForm(request.POST, **APART)

    def do(by: By) -> None:
        actions.refuse(gift_id=gift.pk, reason=form.cleaned_data["alasan"], **by)

    return carry_out(
        request,
        form,
        do,
        said=_("The gift is refused; its donor can read why."),
        back=address_of_book(gift.aggregator),
        show=partial(_page, request, slug, code),
    )


def _page(
    request: HttpRequest,
    slug: str,
    code: str,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    gift = own_gift(request, slug, code)
    context = {
        "aggregator": gift.aggregator,
        "gift": gift,
        "shows_proof": has_proof(gift),
        "seen": newest_entry_id(gift),
        "form": form,
        "refusals": refusals,
        "confirm_form": form if isinstance(form, ConfirmForm) else ConfirmForm(None, gift),
        "refuse_form": form if isinstance(form, RefuseGiftForm) else RefuseGiftForm(**APART),
    }
    return render(request, "portal/funds/decide.html", context, status=status)
