from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth, flows
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ksbb.audit.actions.record import record
from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.shared import clock
from ksbb.web.access import public, requires
from ksbb.web.account.entering import enter, is_recent, show_second
from ksbb.web.account.forms import NewPasskeyForm, PasskeyLoginForm
from ksbb.web.account.goals import goal_of
from ksbb.web.account.views.recent import to_again


@requires("accounts.keep_own")
@never_cache
@require_safe
def passkeys(request: HttpRequest) -> HttpResponse:
    """List the own passkeys."""
    return render(request, "web/account/passkeys.html", {"passkeys": _own(request)})


@requires("accounts.add_factor")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Let the browser make a passkey and keep its public half."""
    if not is_recent(request):
        return to_again(request)
    form = NewPasskeyForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        with transaction.atomic():
            given = form.cleaned_data
            passkey, _codes = flows.add_authenticator(
                request, name=given["name"], credential=given["credential"]
            )
            _write_down("accounts.add_passkey", passkey)
        # Whoever makes one shows a device and a finger, which is what an officer is asked for.
        show_second(request, passkey.user, method="passkey")
        messages.success(request, _("The passkey is added. You can log in with it from now on."))
        return redirect(goal_of(request) if request.GET.get("next") else "account:passkeys")
    options = auth.begin_registration(request.user, passwordless=True)
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"form": form, "options": options}
    return render(request, "web/account/passkey_add.html", context, status=status)


@requires("accounts.keep_own")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, key: int) -> HttpResponse:
    """Ask whether a passkey is to open the account no longer, and take it away."""
    found = next((one for one in _own(request) if one.pk == key), None)
    if found is None:
        raise Http404(_("You have no such passkey."))
    if not is_recent(request):
        return to_again(request)
    if request.method != "POST":
        return render(request, "web/account/passkey_remove.html", {"passkey": found})
    with transaction.atomic():
        _write_down("accounts.remove_passkey", found)
        flows.remove_authenticator(request, found)
    messages.success(request, _("The passkey no longer opens your account."))
    return redirect("account:passkeys")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Give the question for a passkey, and open the account of the one that answers it."""
    if request.method != "POST":
        return JsonResponse(auth.begin_authentication(user=None))
    if not ratelimit.consume(request, action="login"):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    form = PasskeyLoginForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["credential"].user.is_active:
        messages.error(
            request,
            _("This passkey did not open the account. Try again, or take a code by e-mail."),
        )
        return redirect("account:email")
    passkey = form.cleaned_data["credential"]
    passkey.record_usage()
    enter(request, passkey.user, method="passkey")
    return redirect(goal_of(request))


def _own(request: HttpRequest) -> list[Authenticator]:
    own = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN)
    return list(own.order_by("created_at"))


def _write_down(action: str, passkey: Any) -> None:
    actor = Actor(user=passkey.user, channel=Channel.WEB)
    record(action=action, obj=passkey, actor=actor, now=clock.now())
