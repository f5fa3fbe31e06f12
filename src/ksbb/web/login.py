"""The one door for people with an account; what they asked for opens behind it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.web import attempts
from ksbb.web.access import public
from ksbb.web.account.entering import remember
from ksbb.web.account.forms import EmailForm
from ksbb.web.account.views.email import ask_for_email

DESK = "programmes.view_desk"
BY_PASSWORD = "sandi"  # noqa: S105 - a word in an address


class LoginForm(AuthenticationForm):
    """Django's form with words of ours: an account is known by its e-mail address."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Type your password.")},
    )

    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": gettext_lazy(
            "This e-mail address and password do not belong together. Check both, also for "
            "capital letters in the password."
        )
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].error_messages["required"] = _("Type your e-mail address.")


class Login(LoginView):
    template_name = "web/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Offer the code by e-mail first; the password to whoever asks for it or for the desk."""
        if request.GET.get("cara") == BY_PASSWORD or _is_for_officers(request):
            return super().get(request, *args, **kwargs)
        return ask_for_email(request, EmailForm())

    def get_default_redirect_url(self) -> str:
        """Lead officers to their desk and everybody else to the public pages."""
        if self.request.user.has_perm(DESK):
            return super().get_default_redirect_url()
        return resolve_url("portal:home")

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Try the password, unless too many wrong ones came before it."""
        account = request.POST.get("username", "")
        if not attempts.is_paused(request, account):
            return super().post(request, *args, **kwargs)
        form = LoginForm(request, initial={"username": account})
        wait = _("Too many wrong passwords. Wait five minutes, then try again.")
        context = self.get_context_data(form=form, refusals=[wait])
        return self.render_to_response(context, status=HTTPStatus.TOO_MANY_REQUESTS)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form again, with its address kept and its mistake told."""
        attempts.count_failure(self.request, form.data.get("username", ""))
        answer = super().form_invalid(form)
        answer.status_code = HTTPStatus.BAD_REQUEST
        return answer

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Open a session of its own; what was counted against the account is forgotten."""
        attempts.forget(self.request, form.data.get("username", ""))
        answer = super().form_valid(form)
        remember(self.request, form.get_user(), method="password")
        return answer


def _is_for_officers(request: HttpRequest) -> bool:
    doors = (resolve_url(settings.LOGIN_REDIRECT_URL), resolve_url("admin:index"))
    return request.GET.get("next", "").startswith(doors)


class Logout(LogoutView):
    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """End the session, and have the browser forget: the next person may be another."""
        answer = super().post(request, *args, **kwargs)
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer


login = public(Login.as_view())
logout = public(Logout.as_view())


@public
def administration(request: HttpRequest) -> HttpResponse:
    """Lead from Django's own login to ours, which counts attempts; refuse who is logged in."""
    if request.user.is_authenticated:
        raise PermissionDenied(_("Your account may not open this page."))
    return redirect_to_login(request.GET.get("next", resolve_url("admin:index")))
