"""The fingerprint of the book: one line a day that anybody can keep and compare later."""

import json
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ksbb.audit.models import Digest
from ksbb.audit.queries_chain import published
from ksbb.shared import clock
from ksbb.web.access import public
from ksbb.web.copies import same_for_all
from ksbb.web.downloads import JSON, download

SHOWN: Final = 31
"""About a month of days; the file has all of them."""


@public
@same_for_all()
@require_safe
def digests(request: HttpRequest) -> HttpResponse:
    """Show the newest digests, and how they are checked."""
    newest = list(Digest.objects.order_by("-number")[:SHOWN])
    rows = [(one, sum(head["rows"] for head in one.heads.values())) for one in newest]
    return render(request, "portal/digests.html", {"digests": rows, "as_of": clock.now()})


@public
@same_for_all()
@require_safe
def digests_file(request: HttpRequest) -> HttpResponse:
    """Send all digests as a file, for keeping elsewhere."""
    del request
    text = json.dumps({"algorithm": "SHA-256", "digests": published()}, indent=1)
    return download(text, name="ksbb-sidik.json", kind=JSON)
