"""Finding an organisation for the one who asks: strangers are not told that it is there."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.collaborators.models import Collaborator
from ksbb.collaborators.queries import find_by_slug


def own_or_404(request: HttpRequest, slug: str) -> Collaborator:
    """Return an organisation the reader belongs to, or raise Http404 with a sentence."""
    found = find_by_slug(slug)
    if found is None or not request.user.has_perm("collaborators.view_own", found):
        raise Http404(_("You do not belong to an organisation at this address."))
    return found


def managed_or_403(request: HttpRequest, slug: str) -> Collaborator:
    """Return one whose members the reader decides about; other members are told they may not."""
    found = own_or_404(request, slug)
    if not request.user.has_perm("collaborators.manage_members", found):
        raise PermissionDenied(_("Only an owner decides who belongs to the organisation."))
    return found


def reader(request: HttpRequest) -> Actor:
    """Return who acts: the account behind the page, if there is one."""
    return Actor(user=request.user if request.user.is_authenticated else None, channel=Channel.WEB)
