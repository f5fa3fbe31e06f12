from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ksbb.audit.queries import entries_about
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.naming import names_of
from ksbb.backoffice.paging import page_of
from ksbb.backoffice.wording import in_words
from ksbb.web.access import requires


@requires("audit.view_history")
@require_safe
def history(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show everything that was done to one object: who, what, when and why."""
    page = page_of(entries_about(object_type=kind, object_id=key), request)
    # Only what something was done to has a history, so no other table can be looked into.
    shown = list(or_404(page.object_list or None))
    context = {
        "name": names_of(shown)[kind, key],
        "page": page,
        "history": in_words(shown),
    }
    return render(request, "backoffice/history.html", context)
