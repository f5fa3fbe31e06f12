from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ksbb.collaborators.queries import members_of, open_invitations
from ksbb.portal.organisations.own import own_or_404
from ksbb.shared import clock
from ksbb.web.access import requires


@requires("collaborators.view_own")
@never_cache
@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who acts for an organisation; its owners find here what they can decide."""
    found = own_or_404(request, slug)
    context = {
        "organisation": found,
        "members": members_of(found),
        "invitations": open_invitations(found, clock.now()),
        "manages": request.user.has_perm("collaborators.manage_members", found),
    }
    return render(request, "portal/organisations/organisation.html", context)
