from http import HTTPStatus

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.collaborators.actions import invite as actions
from ksbb.collaborators.enums import MemberRole
from ksbb.collaborators.models import Collaborator
from ksbb.collaborators.queries import open_invitations
from ksbb.portal.forms.organisation import InvitationForm
from ksbb.portal.forms.posted import posted
from ksbb.portal.organisations.own import managed_or_403, reader
from ksbb.shared import clock
from ksbb.shared.errors import DomainError
from ksbb.web.access import requires
from ksbb.web.letters import send_letter


@requires("collaborators.manage_members")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whom to invite, and send the one-time link to that address."""
    found = managed_or_403(request, slug)
    form = InvitationForm(posted(request))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        if not ratelimit.consume(request, action="invite"):
            form.add_error(None, _("Too many invitations for one day. Go on tomorrow."))
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            try:
                return _send(request, found, form)
            except DomainError as error:
                form.add_error("surel", str(error))
    context = {"organisation": found, "form": form}
    return render(request, "portal/organisations/invite.html", context, status=status)


@requires("collaborators.manage_members")
@require_http_methods(["POST"])
def withdraw(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """End an invitation before it is accepted."""
    found = managed_or_403(request, slug)
    now = clock.now()
    if not open_invitations(found, now).filter(pk=key).exists():
        raise Http404(_("This invitation is over."))
    actions.withdraw_invitation(invitation_id=key, actor=reader(request), now=now)
    messages.success(request, _("The invitation is withdrawn; its link no longer works."))
    return redirect("portal:organisation", slug=slug)


def _send(request: HttpRequest, organisation: Collaborator, form: InvitationForm) -> HttpResponse:
    address = form.cleaned_data["surel"]
    token = actions.invite(
        collaborator_id=organisation.pk,
        email=address,
        role=MemberRole(form.cleaned_data["peran"]),
        actor=reader(request),
        now=clock.now(),
    )
    link = request.build_absolute_uri(reverse("portal:invitation", args=[token]))
    words = _(
        "You are invited to act for “%(name)s” on KSBB. Open this link within %(days)s days and "
        "log in with this e-mail address:\n\n%(link)s\n\n"
        "The link works once. If you do not know the organisation, do nothing."
    )
    send_letter(
        to=address,
        subject=_("Invitation to %(name)s on KSBB") % {"name": organisation.name},
        words=words % {"name": organisation.name, "days": actions.VALID_FOR.days, "link": link},
    )
    sentence = _("The invitation is on its way to %(email)s.")
    messages.success(request, sentence % {"email": address})
    if settings.DEMO:
        messages.info(request, _("Demo: no e-mail is sent. The link is %(link)s") % {"link": link})
    return redirect("portal:organisation", slug=organisation.slug)
