"""Packages an organisation has, and leaves it to the working group where they go."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

from django.forms import BaseForm, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.plans.actions.offer import make_offer, withdraw_offer
from ksbb.plans.models import Offer
from ksbb.plans.queries import offers_of, planned_for
from ksbb.portal.giving import draft as drafts
from ksbb.portal.organisations.own import own_or_404
from ksbb.portal.scope import PROGRAMME, read_scope
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out
from ksbb.web.forms.offer import OfferForm


@requires("collaborators.view_own")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offers(request: HttpRequest, slug: str) -> HttpResponse:
    """List what the organisation offers, and take a new offer."""
    found = own_or_404(request, slug)
    scope = read_scope(request)
    form = OfferForm(request.POST if request.method == "POST" else None, scope)
    show = partial(_page, request, slug)
    if request.method != "POST":
        return show(form)

    def do(by: By) -> None:
        typed = form.cleaned_data
        make_offer(
            collaborator=found,
            phase=form.phase,
            aid_type=form.aid_type,
            packages=typed["jumlah"],
            where=typed["where"],
            ready_from=typed["dari"],
            ready_until=typed["sampai"],
            **by,
        )

    said = _("Thank you. The working group counts it in its next plan.")
    return carry_out(request, form, do, said=said, back=_address(request, slug), show=show)


@requires("collaborators.view_own")
@require_http_methods(["POST"])
def into_package(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Put the places of the newest plan into the reader's package, as far as they are open."""
    offer = _own_offer(request, slug, code)
    _plan, lines = planned_for(offer)
    chosen = {line.need.pk: line.quantity for line in lines if line.quantity}
    if not chosen:
        sentence = _("No plan sends these packages anywhere yet, or their places are full by now.")
        return _page(
            request, slug, OfferForm(None, read_scope(request)), HTTPStatus.CONFLICT, [sentence]
        )
    draft = drafts.load(request, offer.phase.programme)
    draft.lines |= chosen
    drafts.save(request, draft)
    return redirect("portal:package")


@requires("collaborators.view_own")
@require_http_methods(["POST"])
def withdraw(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take an offer back."""
    offer = _own_offer(request, slug, code)

    def do(by: By) -> None:
        withdraw_offer(offer_id=offer.pk, **by)

    def show(_form: BaseForm, status: HTTPStatus, refusals: Sequence[str]) -> HttpResponse:
        return _page(request, slug, OfferForm(None, read_scope(request)), status, refusals)

    said = _("The offer is withdrawn. Published plans stay as they are.")
    back = _address(request, slug)
    return carry_out(request, Form(request.POST), do, said=said, back=back, show=show)


def _address(request: HttpRequest, slug: str) -> str:
    """Return the page in the programme the reader has chosen."""
    page = reverse("portal:organisation-offers", args=[slug])
    named = read_scope(request).named
    return f"{page}?{urlencode({PROGRAMME: named})}" if named else page


def _own_offer(request: HttpRequest, slug: str, code: str) -> Offer:
    offer = offers_of(own_or_404(request, slug)).filter(code=code).first()
    if offer is None:
        raise Http404(_("Your organisation has no such offer."))
    return offer


def _page(
    request: HttpRequest,
    slug: str,
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    found = own_or_404(request, slug)
    context = {
        "scope": read_scope(request),
        "organisation": found,
        "offers": [(one, *planned_for(one)) for one in offers_of(found)],
        "form": form,
        "refusals": refusals,
    }
    return render(request, "portal/organisations/offers.html", context, status=status)
