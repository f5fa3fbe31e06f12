from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ksbb.needs.queries_list import needs_of
from ksbb.portal.exports.columns import COLUMNS, CONSTANT
from ksbb.portal.exports.rows import MOST, Sheet
from ksbb.portal.exports.weight import size_in_words, weights
from ksbb.portal.scope import Scope, read_scope
from ksbb.programmes.models import AidType, Phase
from ksbb.shared.formats import number
from ksbb.web.access import public
from ksbb.web.copies import same_for_all
from ksbb.web.listing import Listing

LEDGERS: Final = (
    (gettext_lazy("Committed"), "komitmen"),
    (gettext_lazy("Delivered"), "disalurkan"),
    (gettext_lazy("Received"), "diterima"),
)


@public
@same_for_all("fase")
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """List all that can be taken along: files with their sizes, columns, licence, and the API."""
    scope = read_scope(request)
    phase = _phase(scope, request.GET.get("fase", ""))
    context = {
        "scope": scope,
        "phase": phase,
        "as_of": scope.now,
        "files": [file for kind in scope.aid_types if (file := _file(scope, phase, kind))],
        "ledgers": LEDGERS,
        "columns": [*((one, False) for one in COLUMNS), *((one, True) for one in CONSTANT)],
        "most": number(MOST),
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL,
    }
    return render(request, "portal/data.html", context)


def _phase(scope: Scope, wanted: str) -> Phase | None:
    if not wanted:
        return scope.phase or next(iter(reversed(scope.phases)), None)
    found = next((phase for phase in scope.phases if str(phase.number) == wanted), None)
    if found is None:
        raise Http404(_("The programme has no phase “%(phase)s”.") % {"phase": wanted[:40]})
    return found


def _file(scope: Scope, phase: Phase | None, kind: AidType) -> dict[str, Any] | None:
    """Return what the page says of the files of one kind of aid; None where nothing is needed."""
    needs = needs_of(kind, phase) if phase else None
    count = needs.count() if needs is not None else 0
    if phase is None or needs is None or not count:
        return None
    listing = Listing(
        aid_type=kind,
        phase=phase,
        area=scope.programme.root_region_id,
        needs=needs.order_by("pk"),
        understood=[],
    )
    sizes = weights(Sheet(listing, scope), count)
    return {
        "aid_type": kind,
        "rows": count,
        "is_too_long": count > MOST,
        "address": f"bantuan={kind.slug}&fase={phase.number}",
        "sizes": {name: size_in_words(size) for name, size in sizes._asdict().items()},
    }
