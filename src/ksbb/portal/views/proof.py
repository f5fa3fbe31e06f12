"""Thanks with proof: what the places confirmed, without a word about any person."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.deliveries.queries import deliveries_of
from ksbb.portal.places import where_of
from ksbb.portal.views.follow import find_or_404
from ksbb.shared import clock
from ksbb.web.access import public
from ksbb.web.copies import same_for_all


@public
@same_for_all()
@require_safe
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """Show, for printing and passing on, what of a commitment was confirmed, when and where."""
    found = find_or_404(code)
    confirmed = [one for one in deliveries_of(found) if hasattr(one, "receipt")]
    if not confirmed:
        raise Http404(_("Nothing of this commitment has been confirmed yet."))
    context = {
        "commitment": found,
        "as_of": clock.now(),
        "deliveries": confirmed,
        "where": where_of([one.target for one in confirmed]),
        "address": request.build_absolute_uri(found.get_absolute_url()),
        "is_whole": all(line.committed == line.received for line in found.lines.all()),
    }
    return render(request, "portal/proof.html", context)
