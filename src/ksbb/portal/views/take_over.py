"""What a giver cannot bring, for whoever can: a list, and one page to be passed on."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ksbb.commitments.queries_offers import Offer, find_offer, open_offers
from ksbb.portal.giving import draft as drafts
from ksbb.portal.places import where_of
from ksbb.portal.scope import read_scope
from ksbb.web.access import public
from ksbb.web.errors import error_page


@public
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """List everything that waits to be taken over, the newest first."""
    scope = read_scope(request)
    found = open_offers(scope.programme, scope.today)
    context = {"scope": scope, "offers": found, "where": _where(found), "as_of": scope.now}
    return render(request, "portal/take_over_list.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, key: int) -> HttpResponse:
    """Show one offer; its button puts exactly these lines into the visitor's package."""
    scope = read_scope(request)
    found = find_offer(key, scope.programme, scope.today)
    if found is None:
        sentence = _("Nothing is left of this offer: others have taken it over, or it is over.")
        if request.method == "POST":
            return error_page(request, HTTPStatus.CONFLICT, sentence)
        raise Http404(sentence)
    if request.method == "POST":
        draft = drafts.load(request, scope.programme)
        draft.lines |= {line.need.pk: line.quantity for line in found.lines}
        drafts.save(request, draft)
        return redirect("portal:package")
    context = {"scope": scope, "offer": found, "where": _where([found]), "as_of": scope.now}
    return render(request, "portal/take_over.html", context)


def _where(found: list[Offer]) -> dict[int, str]:
    return where_of([line.need.target for offer in found for line in offer.lines])
