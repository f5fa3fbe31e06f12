from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.collaborators.actions.join import claim as claim_giver
from ksbb.commitments.models import Commitment
from ksbb.portal.organisations.own import reader
from ksbb.portal.views.follow import find_or_404
from ksbb.shared import clock
from ksbb.shared.errors import DomainError
from ksbb.web.access import public
from ksbb.web.account import proof
from ksbb.web.account.forms import EmailForm


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """Take a commitment made without an account into one, by a code to its contact's address."""
    found = find_or_404(code)
    if "ambil" in request.POST and request.user.is_authenticated:
        return _take(request, found)
    form = EmailForm(request.POST if request.method == "POST" else None, initial=_own(request))
    if not form.is_valid():
        return _ask(request, found, form, HTTPStatus.BAD_REQUEST if form.is_bound else None)
    try:
        proof.begin(
            request,
            email=form.cleaned_data["surel"],
            goal=reverse("portal:claim", args=[found.code]),
            enters=not request.user.is_authenticated,
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return _ask(request, found, form, HTTPStatus.TOO_MANY_REQUESTS)
    return redirect("account:code")


def _take(request: HttpRequest, found: Commitment) -> HttpResponse:
    actor = reader(request)
    if actor.user is None:
        return redirect(request.path)
    try:
        joined = claim_giver(
            collaborator_id=found.collaborator_id,
            proven_emails=proof.proven_addresses(request),
            user=actor.user,
            actor=actor,
            now=clock.now(),
        )
    except DomainError as error:
        form = EmailForm(initial=_own(request))
        return _ask(request, found, form, HTTPStatus.CONFLICT, str(error))
    sentence = _("“%(name)s” and its commitments are in your account now.")
    messages.success(request, sentence % {"name": joined.collaborator.name})
    return redirect("portal:organisation", slug=joined.collaborator.slug)


def _ask(
    request: HttpRequest,
    found: Commitment,
    form: EmailForm,
    status: HTTPStatus | None = None,
    refusal: str = "",
) -> HttpResponse:
    context = {
        "commitment": found,
        "form": form,
        "refusals": [refusal] if refusal else [],
        "proven": request.user.is_authenticated and proof.proven_addresses(request),
    }
    return render(request, "portal/claim.html", context, status=status or HTTPStatus.OK)


def _own(request: HttpRequest) -> dict[str, str]:
    return {"surel": getattr(request.user, "email", "")}
