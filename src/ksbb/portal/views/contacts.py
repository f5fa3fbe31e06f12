from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.commitments.models import Commitment
from ksbb.needs.actions.look import look_at_contact
from ksbb.needs.models import Target, TargetContact
from ksbb.portal.views.follow import find_or_404
from ksbb.shared import clock
from ksbb.web.access import requires


@requires("commitments.call_place")
@never_cache
def contacts(request: HttpRequest, code: str) -> HttpResponse:
    """Show the giver whom to call at each place, once per press; each look is written down."""
    found = find_or_404(code)
    if request.method != "POST":
        return redirect(found)
    if not request.user.has_perm("commitments.call_place", found):
        raise PermissionDenied(
            _(
                "The contact is shown to the giver, from the acceptance of the commitment until "
                "everything is handed over."
            )
        )
    context = {"commitment": found, "places": _looked_at(request, found)}
    return render(request, "portal/contacts.html", context)


def _looked_at(
    request: HttpRequest, commitment: Commitment
) -> list[tuple[Target, TargetContact | None]]:
    actor = Actor(user=request.user if request.user.is_authenticated else None, channel=Channel.WEB)
    targets = {line.need.target.pk: line.need.target for line in commitment.lines.all()}
    return [
        (target, look_at_contact(target_id=target.pk, actor=actor, now=clock.now()))
        for target in targets.values()
    ]
