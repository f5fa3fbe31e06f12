"""The receipt of a gift as PDF: it may carry a name, so only those with a part in it have it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ksbb.portal.funds.receipt import receipt_of
from ksbb.portal.views.funds.gift import confirmed_or_404
from ksbb.web.access import check, requires


@requires("funds.view_own_gift")
@never_cache
@require_safe
def as_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the receipt of a confirmed gift."""
    found = confirmed_or_404(code)
    check(request, "funds.view_own_gift", found)
    address = request.build_absolute_uri(found.get_absolute_url())
    return receipt_of(found, address).answer(str(found.receipt_number))
