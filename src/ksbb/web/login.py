"""The one door for people with an account; what they asked for opens behind it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib.auth.views import LoginView, LogoutView

from ksbb.web.access import public

if TYPE_CHECKING:
    from django.contrib.auth.forms import AuthenticationForm
    from django.http import HttpResponse


class Login(LoginView):
    template_name = "web/login.html"
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form again, with its address kept and its mistake told."""
        answer = super().form_invalid(form)
        answer.status_code = HTTPStatus.BAD_REQUEST
        return answer


login = public(Login.as_view())
logout = public(LogoutView.as_view())
