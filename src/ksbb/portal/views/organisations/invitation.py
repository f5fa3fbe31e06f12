from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.collaborators.actions.join import InvitationEndedError, accept_invitation
from ksbb.collaborators.models import Invitation
from ksbb.collaborators.queries import find_invitation
from ksbb.portal.organisations.own import reader
from ksbb.shared import clock
from ksbb.shared.errors import DomainError
from ksbb.web.access import public
from ksbb.web.account import proof
from ksbb.web.errors import error_page


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites; let the invited address log in, and join."""
    found = find_invitation(token, clock.now())
    if found is None:
        ended = _("This invitation was used, withdrawn, or is over. Ask for a new one.")
        return error_page(request, HTTPStatus.GONE, ended)
    if request.method != "POST":
        return _show(request, found)
    try:
        return _join(request, token) if request.user.is_authenticated else _prove(request, found)
    except InvitationEndedError as error:
        return error_page(request, HTTPStatus.GONE, str(error))
    except DomainError as error:
        return _show(request, found, str(error))


def _show(request: HttpRequest, found: Invitation, refusal: str = "") -> HttpResponse:
    is_for_reader = getattr(request.user, "email", found.email) == found.email
    context = {
        "invitation": found,
        "is_for_reader": is_for_reader,
        "refusals": [refusal] if refusal else [],
    }
    status = HTTPStatus.OK if is_for_reader else HTTPStatus.FORBIDDEN
    if refusal:
        status = HTTPStatus.CONFLICT
    return render(request, "portal/organisations/invitation.html", context, status=status)


def _prove(request: HttpRequest, found: Invitation) -> HttpResponse:
    proof.begin(request, email=found.email, goal=request.path, enters=True)
    return redirect("account:code")


def _join(request: HttpRequest, token: str) -> HttpResponse:
    actor = reader(request)
    if actor.user is None:
        return redirect(request.path)
    joined = accept_invitation(token=token, user=actor.user, actor=actor, now=clock.now())
    sentence = _("You now act for “%(name)s”.")
    messages.success(request, sentence % {"name": joined.collaborator.name})
    return redirect("portal:organisation", slug=joined.collaborator.slug)
