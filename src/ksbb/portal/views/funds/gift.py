"""One gift by its code: where it is now, which places it reached, and its receipt."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from typing import Final

import segno
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ksbb.funds.actions.look import look_at_proof
from ksbb.funds.enums import AccountKind
from ksbb.funds.models import Gift
from ksbb.funds.queries import find_gift, has_proof
from ksbb.funds.queries_money import has_examples
from ksbb.funds.queries_trace import Step, brought_by, standing_of
from ksbb.portal.funds.segments import segments
from ksbb.regions.queries import paths
from ksbb.regions.words import in_words
from ksbb.shared import clock
from ksbb.shared.csv_cells import MARK, line
from ksbb.web.access import check, public, requires
from ksbb.web.acting import actor_of
from ksbb.web.downloads import streamed
from ksbb.web.pictures import KIND

PER_PAGE: Final = 50
"""Places on one page of a gift."""

AT_ONCE: Final = 2_000
"""So many rows of a file are held in memory while they go by."""

COLUMNS: Final = (
    gettext_lazy("code of the place"),
    gettext_lazy("place"),
    gettext_lazy("aid type"),
    gettext_lazy("stage"),
    gettext_lazy("packages"),
    gettext_lazy("rupiah of this gift in them"),
    gettext_lazy("cost of the packages in rupiah"),
    gettext_lazy("commitment"),
    gettext_lazy("example data"),
)


@public
@require_safe
def gift(request: HttpRequest, code: str) -> HttpResponse:
    """Show a gift without any personal data."""
    found = find_or_404(code)
    if found.code != code:
        return redirect(found)
    now = standing_of(found)
    page = Paginator(brought_by(found), PER_PAGE).get_page(request.GET.get("hal"))
    steps = [Step(*row) for row in page]
    chains = paths({step.region for step in steps})
    has_part = request.user.has_perm("funds.view_own_gift", found)
    context = {
        "shows_proof": has_part and has_proof(found),
        "gift": found,
        "now": now,
        "segments": segments(now.money),
        "is_invented": has_examples(found.programme, found.aggregator),
        "page": page,
        "steps": [(step, in_words(chains[step.region])) for step in steps],
        "as_of": clock.now(),
        "address": request.build_absolute_uri(found.get_absolute_url()),
    }
    return render(request, "portal/funds/gift.html", context)


@public
@require_safe
def as_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:  # noqa: ARG001 - every view takes it
    """Send every place a gift went to as a file."""
    found = find_or_404(code)
    heading = [str(column) for column in COLUMNS]
    pieces = chain([MARK, line(heading)], map(line, _rows(found)))
    return streamed(pieces, name=f"ksbb-{found.code}.csv")


def _rows(found: Gift) -> Iterator[list[str | int]]:
    for row in brought_by(found).iterator(chunk_size=AT_ONCE):
        step = Step(*row)
        yield [
            step.place,
            step.place_name,
            step.aid_type,
            str(AccountKind(step.kind).label),
            step.packages,
            step.rupiah,
            step.cost,
            step.commitment,
            int(step.is_example),
        ]


@public
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Show the receipt of a confirmed gift, made to be printed."""
    found = confirmed_or_404(code)
    address = request.build_absolute_uri(found.get_absolute_url())
    context = {
        "gift": found,
        "address": address,
        "has_part": request.user.has_perm("funds.view_own_gift", found),
    }
    return render(request, "portal/funds/receipt.html", context)


@requires("funds.view_own_gift")
@never_cache
@require_POST
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """Show the picture of the transfer to those with a part in the gift; the look is logged."""
    found = find_or_404(code)
    check(request, "funds.view_own_gift", found)
    picture = look_at_proof(gift_id=found.pk, actor=actor_of(request), now=clock.now())
    if not picture:
        raise Http404(_("No picture of a transfer was sent with this gift."))
    return HttpResponse(picture, content_type=KIND, headers={"Cache-Control": "private, no-store"})


@public
@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the address of a gift as a QR code."""
    address = request.build_absolute_uri(find_or_404(code).get_absolute_url())
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", scale=6, border=2)
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def find_or_404(code: str) -> Gift:
    """Return the gift of a code, or raise Http404 with a sentence."""
    found = find_gift(code)
    if found is None:
        raise Http404(_("No gift has the code “%(code)s”.") % {"code": code[:40]})
    return found


def confirmed_or_404(code: str) -> Gift:
    """Return the confirmed gift of a code, or raise Http404 with a sentence."""
    found = find_or_404(code)
    if not found.receipt_number:
        raise Http404(_("This gift is not confirmed, so it has no receipt."))
    return found
