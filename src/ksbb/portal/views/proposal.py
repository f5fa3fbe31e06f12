from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ksbb.portal.forms.choice import ChoiceForm
from ksbb.portal.forms.posted import posted
from ksbb.portal.forms.terms import TermsForm
from ksbb.portal.giving import draft as drafts
from ksbb.portal.giving.change_lines import without_the_same
from ksbb.portal.giving.show_package import show_refused
from ksbb.portal.giving.show_proposal import page_of
from ksbb.portal.giving.show_terms import ask_terms, show_closed
from ksbb.portal.scope import Scope
from ksbb.proposals.offer import OfferError
from ksbb.proposals.propose import propose
from ksbb.web.access import public
from ksbb.web.middleware import WITH_POSITION


@public
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest) -> HttpResponse:
    """Propose places for the terms in the address; take them, changed or not, into the package."""
    scope = drafts.scope_of_giving(request)
    if not scope.programme.is_open:
        return show_closed(request, scope)
    terms = TermsForm(request.GET, scope)
    if not terms.is_valid():
        return ask_terms(request, scope, terms)
    if terms.tells_too_much:
        return redirect(f"{reverse('portal:proposal')}?{terms.address()}")
    return _proposed(request, scope, terms)


def _proposed(request: HttpRequest, scope: Scope, terms: TermsForm) -> HttpResponse:
    try:
        found = propose(programme=scope.programme, offer=terms.offer, now=scope.now)
    except OfferError as refusal:
        terms.refuse(refusal)
        return ask_terms(request, scope, terms)
    choice = ChoiceForm(posted(request), found)
    if choice.is_valid() and "hitung" not in request.POST:
        return _take(request, scope, terms, choice)
    if choice.is_bound:
        choice.refuse_what_is_not_open()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if choice.errors else HTTPStatus.OK
    context = page_of(scope, terms, found, choice)
    response = render(request, "portal/give/proposal.html", context, status=status)
    response.headers["Permissions-Policy"] = WITH_POSITION
    return response


def _take(request: HttpRequest, scope: Scope, terms: TermsForm, choice: ChoiceForm) -> HttpResponse:
    draft = drafts.load(request, scope.programme)
    draft.lines = without_the_same(draft, scope.programme, terms.key) | choice.quantities
    draft.terms[terms.key] = terms.answers
    drafts.save(request, draft)
    if any(stop.quantity > stop.open for stop in choice.stops):
        return show_refused(request, scope, draft)
    return redirect("portal:package")
