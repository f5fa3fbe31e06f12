"""The second factor: shown after the login, tied to the account, and taken away again."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final, cast

import segno
from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.accounts.models import User
from ksbb.rights.actions.factors import CODES, add_app, remove_app, renew_codes, use_factor
from ksbb.shared import clock
from ksbb.shared.errors import DomainError
from ksbb.web.access import requires
from ksbb.web.account.entering import is_recent, show_second
from ksbb.web.account.forms import AppCodeForm
from ksbb.web.account.goals import goal_of
from ksbb.web.account.views.recent import to_again
from ksbb.web.acting import actor_of

PAUSE_SECONDS: Final = 5 * 60


@requires("accounts.show_factor")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor, or offer to tie one; whoever has shown it sees what is tied."""
    user = _user(request)
    if user.awaits_second_factor and user.has_second_factor:
        return _ask(request, user)
    return render(request, "web/account/factor.html", _standing(request, user))


@requires("accounts.add_factor")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: HttpRequest) -> HttpResponse:
    """Show the secret for an authenticator app, and believe it after one right code."""
    user = _user(request)
    if not is_recent(request):
        return to_again(request)
    form = AppCodeForm(request.POST if request.method == "POST" else None)
    secret = get_totp_secret()
    if form.is_valid():
        try:
            _limit(request, user)
            code = form.cleaned_data["kode"]
            add_app(user=user, secret=secret, code=code, **_by(request))
        except DomainError as error:
            form.add_error("kode", str(error))
        else:
            clear_totp_secret(request)
            show_second(request, user, method="totp")
            return _codes(request, user)
    address = get_adapter().build_totp_url(user, secret)
    context = {
        "form": form,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "address": address,
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(border=2, scale=5),
        "next": goal_of(request),
    }
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "web/account/factor_app.html", context, status=status)


@requires("accounts.keep_own")
@never_cache
@require_http_methods(["POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them this once."""
    user = _user(request)
    if not is_recent(request):
        return to_again(request, back="account:factor")
    if not user.has_second_factor:
        return redirect("account:factor")
    return _codes(request, user)


@requires("accounts.keep_own")
@never_cache
@require_http_methods(["POST"])
def remove(request: HttpRequest) -> HttpResponse:
    """Untie the authenticator app, as before a new phone."""
    if not is_recent(request):
        return to_again(request, back="account:factor")
    remove_app(user=_user(request), **_by(request))
    messages.success(request, _("The authenticator app no longer opens your account."))
    return redirect("account:factor")


def _ask(request: HttpRequest, user: User) -> HttpResponse:
    form = AppCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _limit(request, user)
            method = use_factor(user=user, code=form.cleaned_data["kode"], **_by(request))
        except TooManyTriesError as error:
            form.add_error(None, str(error))
            answer = _asked(request, form, HTTPStatus.TOO_MANY_REQUESTS)
            answer.headers["Retry-After"] = str(PAUSE_SECONDS)
            return answer
        except DomainError as error:
            form.add_error("kode", str(error))
        else:
            show_second(request, user, method=method)
            return redirect(goal_of(request))
    return _asked(request, form, HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK)


def _asked(request: HttpRequest, form: AppCodeForm, status: HTTPStatus) -> HttpResponse:
    context = {
        "form": form,
        "next": request.POST.get("next", request.GET.get("next", "")),
        "has_passkey": "webauthn" in _kinds(_user(request)),
        "has_app": "totp" in _kinds(_user(request)),
    }
    return render(request, "web/account/factor_ask.html", context, status=status)


def _codes(request: HttpRequest, user: User) -> HttpResponse:
    made = renew_codes(user=user, **_by(request))
    context = {"codes": [f"{one[:4]} {one[4:]}" for one in made], "next": goal_of(request)}
    return render(request, "web/account/factor_codes.html", context)


def _standing(request: HttpRequest, user: User) -> dict[str, Any]:
    kept = Authenticator.objects.filter(user=user, type=CODES).first()
    return {
        "is_waiting": user.awaits_second_factor,
        "has_app": "totp" in _kinds(user),
        "has_passkey": "webauthn" in _kinds(user),
        "codes_left": len(kept.wrap().get_unused_codes()) if kept else 0,
        "next": request.GET.get("next", ""),
    }


class TooManyTriesError(DomainError):
    """Codes were tried faster than somebody does who has the phone in hand."""


def _limit(request: HttpRequest, user: User) -> None:
    if not ratelimit.consume(request, action="second_factor", key=str(user.pk)):
        raise TooManyTriesError(_("Too many codes were tried. Wait five minutes, then try again."))


def _kinds(user: User) -> Sequence[str]:
    return [one.type for one in user.factors]


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": actor_of(request), "now": clock.now()}
