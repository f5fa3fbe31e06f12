"""Declaring a gift to an aggregator; no account is needed."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.collaborators.actions.register import Applicant
from ksbb.collaborators.models import Collaborator
from ksbb.collaborators.queries import collaborators_of, collecting
from ksbb.funds.actions import declare as actions
from ksbb.portal.forms.answers import SOMEBODY_NEW
from ksbb.portal.forms.gift import GiftForm
from ksbb.portal.forms.posted import posted
from ksbb.portal.scope import Scope, read_scope
from ksbb.shared.errors import DomainError
from ksbb.web.access import public
from ksbb.web.acting import signed


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """Ask for the gift, and lead to its page."""
    scope = read_scope(request)
    known = [one for one in collaborators_of(request.user) if not one.is_aggregator]
    can_take = collecting(area=scope.programme.root_region_id, day=scope.today)
    # Files that are no None would make a form of a page that is only opened.
    sent = posted(request)
    files = request.FILES if sent is not None else None
    first = _first_answers(request, known)
    form = GiftForm(sent, known, scope, files=files, initial=first)
    form.take_from(can_take)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _page(request, scope, form, can_take, status)
    try:
        gift = actions.declare(
            programme=scope.programme,
            donor=_donor(form, known),
            aggregator=form.cleaned_data["agregator"],
            wish=form.wish,
            proof=form.cleaned_data["bukti"],
            **signed(request),
        )
    except DomainError as error:
        return _page(request, scope, form, can_take, HTTPStatus.CONFLICT, [str(error)])
    sentence = _("Your gift is declared. Keep its code: %(code)s.")
    messages.success(request, sentence % {"code": gift.code})
    return redirect(gift)


def _donor(form: GiftForm, known: list[Collaborator]) -> Collaborator | Applicant:
    given = form.cleaned_data
    who = given.get("siapa", SOMEBODY_NEW)
    if who != SOMEBODY_NEW:
        return next(one for one in known if str(one.pk) == who)
    return Applicant(
        name=given["nama"],
        kind=given["jenis"],
        is_anonymous=given["anonim"],
        contact_name=given["kontak"],
        email=given["surel"],
        phone=given["telepon"],
        language=get_language() or "id",
    )


def _first_answers(request: HttpRequest, known: list[Collaborator]) -> dict[str, str]:
    first = {"agregator": request.GET.get("agregator", "")[:80]}
    if known:
        first["siapa"] = str(known[0].pk)
    return first


def _page(
    request: HttpRequest,
    scope: Scope,
    form: GiftForm,
    can_take: list[Collaborator],
    status: HTTPStatus,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    context = {
        "scope": scope,
        "form": form,
        "refusals": refusals,
        "can_give": scope.programme.is_open and bool(can_take),
    }
    return render(request, "portal/funds/declare.html", context, status=status)
