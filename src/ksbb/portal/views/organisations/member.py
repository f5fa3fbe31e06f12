from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.collaborators.actions.members import change_role, remove_member
from ksbb.collaborators.enums import MemberRole
from ksbb.collaborators.models import Collaborator, Membership
from ksbb.collaborators.queries import members_of
from ksbb.portal.organisations.own import own_or_404, reader
from ksbb.shared import clock
from ksbb.shared.errors import DomainError
from ksbb.web.access import requires


@requires("collaborators.view_own")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Let an owner change what a member may do or remove them, and everybody leave."""
    found = own_or_404(request, slug)
    # By its own key: only such a lookup knows that a number can be too large for any row.
    someone = members_of(found).filter(user__pk=key).first()
    if someone is None:
        raise Http404(_("This person does not belong to the organisation."))
    is_self = request.user.pk == key
    manages = request.user.has_perm("collaborators.manage_members", found)
    if not (manages or is_self):
        raise PermissionDenied(_("Only an owner decides who belongs to the organisation."))
    refusals: list[str] = []
    if request.method == "POST":
        try:
            return _act(request, found, someone, manages=manages)
        except DomainError as error:
            refusals = [str(error)]
    context = {
        "organisation": found,
        "someone": someone,
        "is_self": is_self,
        "manages": manages,
        "refusals": refusals,
    }
    status = HTTPStatus.CONFLICT if refusals else HTTPStatus.OK
    return render(request, "portal/organisations/member.html", context, status=status)


def _act(
    request: HttpRequest, organisation: Collaborator, someone: Membership, *, manages: bool
) -> HttpResponse:
    now, actor, key = clock.now(), reader(request), someone.user_id
    if "keluar" in request.POST:
        remove_member(collaborator_id=organisation.pk, user_id=key, actor=actor, now=now)
        name = {"who": someone.user, "name": organisation.name}
        messages.success(request, _("%(who)s no longer acts for “%(name)s”.") % name)
        if request.user.pk == key:
            return redirect("account:home")
    elif manages and request.POST.get("peran") in MemberRole.values:
        role = MemberRole(request.POST["peran"])
        change_role(collaborator_id=organisation.pk, user_id=key, role=role, actor=actor, now=now)
        said = {"who": someone.user, "role": role.label}
        messages.success(request, _("%(who)s is now: %(role)s.") % said)
    return redirect("portal:organisation", slug=organisation.slug)
