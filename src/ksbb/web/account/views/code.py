from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.accounts.rules import enters_by_code
from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.collaborators.actions.open_account import open_account
from ksbb.shared import clock
from ksbb.shared.errors import DomainError
from ksbb.web.access import public
from ksbb.web.account import proof
from ksbb.web.account.entering import enter, remember
from ksbb.web.account.forms import CodeForm


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code that was sent; behind it the reader goes on where they were."""
    begun = proof.pending(request)
    if begun is None:
        messages.info(request, _("Write your e-mail address first, then we send a code."))
        return redirect("account:email")
    if "lagi" in request.POST:
        return _send_again(request, begun)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _go_on(request, proof.finish(request, form.cleaned_data["kode"]))
        except DomainError as error:
            form.add_error("kode", str(error))
    return _ask(request, form, HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK)


def _ask(request: HttpRequest, form: CodeForm, status: HTTPStatus) -> HttpResponse:
    context = {"form": form, "proof": proof.pending(request), "minutes": proof.CODE_MINUTES}
    return render(request, "web/account/code.html", context, status=status)


def _send_again(request: HttpRequest, begun: proof.Proof) -> HttpResponse:
    try:
        proof.begin(request, email=begun.email, goal=begun.goal, enters=begun.enters)
    except DomainError as error:
        form = CodeForm({"kode": ""})
        form.full_clean()
        form.errors.clear()
        form.add_error(None, str(error))
        return _ask(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    messages.success(request, _("A new code is on its way. The older one no longer works."))
    return redirect("account:code")


def _go_on(request: HttpRequest, done: proof.Proof) -> HttpResponse:
    """Open the account of a proven address, or make one; then lead on."""
    if request.user.is_authenticated:
        if request.user.email == done.email:
            remember(request, request.user, method="code")
        return redirect(done.goal)
    if done.enters:
        door = Actor(channel=Channel.WEB)
        user = open_account(email=done.email, actor=door, now=clock.now())
        if not enters_by_code(user):
            raise PermissionDenied(
                _(
                    "This account does not open by a code. An officer’s account opens with its "
                    "password or a passkey; a closed one does not open at all."
                )
            )
        enter(request, user, method="code")
    return redirect(done.goal)
