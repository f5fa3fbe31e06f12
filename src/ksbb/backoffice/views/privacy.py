"""Personal data: the register, who saw whom, and one person's data handed out or erased."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ksbb.backoffice.forms.privacy import EraseForm, PersonForm
from ksbb.backoffice.paging import page_of
from ksbb.backoffice.wording import in_words, kind_of
from ksbb.privacy.actions.erase import erase as erase_person
from ksbb.privacy.actions.erase import look
from ksbb.privacy.queries import looks
from ksbb.privacy.register import REGISTER
from ksbb.shared import clock
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number
from ksbb.web.access import requires
from ksbb.web.acting import actor_of, signed


@requires("privacy.view_register")
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show which personal data is kept, why, and how long."""
    return render(request, "backoffice/privacy.html", {"register": REGISTER})


@requires("privacy.view_register")
@require_safe
def seen_by(request: HttpRequest) -> HttpResponse:
    """List who looked at whose personal data, newest first."""
    page = page_of(looks(), request)
    entries = list(page.object_list)
    rows = [
        (said, kind_of(entry.object_type), entry)
        for said, entry in zip(in_words(entries), entries, strict=True)
    ]
    return render(request, "backoffice/privacy_looks.html", {"page": page, "rows": rows})


@requires("privacy.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Find what is kept of one person; the look is written down."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _page(request, form, status)
    sought, exports = form.cleaned_data["siapa"], "unduh" in request.POST
    try:
        kept = look(sought=sought, exports=exports, actor=actor_of(request), now=clock.now())
    except DomainError as error:
        return _page(request, form, HTTPStatus.CONFLICT, [str(error)])
    if exports:
        answer = JsonResponse(
            kept.as_dict(), json_dumps_params={"indent": 1, "ensure_ascii": False}
        )
        answer.headers["Content-Disposition"] = 'attachment; filename="data-pribadi.json"'
        return answer
    return _page(request, form, kept=kept.as_dict(), erase_form=EraseForm({"siapa": sought}))


@requires("privacy.manage")
@never_cache
@require_http_methods(["POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Take one person out of the book; commitments, movements and audit rows stay."""
    form = EraseForm(request.POST)
    if not form.is_valid():
        return _page(request, PersonForm(request.POST), HTTPStatus.UNPROCESSABLE_ENTITY, (), form)
    try:
        count = erase_person(
            sought=form.cleaned_data["siapa"],
            reason=form.cleaned_data["alasan"],
            **signed(request),
        )
    except DomainError as error:
        page = PersonForm(request.POST)
        return _page(request, page, HTTPStatus.CONFLICT, [str(error)], form)
    said = _("%(count)s rows no longer say who it was.") % {"count": number(count)}
    messages.success(request, said)
    return redirect("backoffice:person")


def _page(
    request: HttpRequest,
    form: PersonForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
    erase_form: EraseForm | None = None,
    kept: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {"form": form, "refusals": refusals, "erase_form": erase_form, "kept": kept}
    return render(request, "backoffice/privacy_person.html", context, status=status)
