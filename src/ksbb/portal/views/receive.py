from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.deliveries.actions.confirm import LinkEndedError, LinkUnknownError, confirm, find_link
from ksbb.deliveries.actions.issue_link import token_digest
from ksbb.portal.forms.posted import posted
from ksbb.portal.forms.receipt import ReceiptForm
from ksbb.shared import clock
from ksbb.shared.errors import DomainError
from ksbb.web.access import public
from ksbb.web.errors import error_page

CONFIRMED = "confirmed"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, token: str) -> HttpResponse:
    """Take the receiver's word by a one-time link; afterwards the same address says thanks."""
    if token_digest(token) in request.session.get(CONFIRMED, []):
        return render(request, "portal/thanks.html")
    try:
        delivery = find_link(token, clock.now()).delivery
    except LinkUnknownError as error:
        return error_page(request, HTTPStatus.NOT_FOUND, str(error))
    except LinkEndedError as error:
        return error_page(request, HTTPStatus.GONE, str(error))
    lines = delivery.lines.select_related("line__need__aid_type").order_by("pk")
    form = ReceiptForm(posted(request), list(lines))
    refusal = _confirm(request, token, form) if form.is_valid() else ""
    if form.is_valid() and not refusal:
        return redirect(request.path)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"delivery": delivery, "form": form, "refusals": [refusal] if refusal else []}
    return render(request, "portal/receive.html", context, status=status)


def _confirm(request: HttpRequest, token: str, form: ReceiptForm) -> str:
    """Write the answers down; return why not, "" where they were taken."""
    digest = token_digest(token)
    try:
        confirm(
            token=token,
            answers=form.answers,
            remark=form.cleaned_data["catatan"],
            actor=Actor(channel=Channel.RECEIPT_LINK),
            now=clock.now(),
            idempotency_key=f"receipt-{digest}",
        )
    except DomainError as error:
        return str(error)
    request.session[CONFIRMED] = [*request.session.get(CONFIRMED, []), digest]
    return ""
