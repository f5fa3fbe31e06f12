from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.shared.errors import DomainError
from ksbb.web.access import public
from ksbb.web.account import proof
from ksbb.web.account.forms import EmailForm
from ksbb.web.account.goals import goal_of


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    """Take an address and send a code to it; known and unknown addresses look alike."""
    goal = goal_of(request)
    if request.user.is_authenticated:
        return redirect(goal)
    if request.method != "POST":
        return ask_for_email(request, EmailForm())
    form = EmailForm(request.POST)
    if not form.is_valid():
        return ask_for_email(request, form, HTTPStatus.BAD_REQUEST)
    try:
        proof.begin(request, email=form.cleaned_data["surel"], goal=goal, enters=True)
    except DomainError as error:
        form.add_error(None, str(error))
        return ask_for_email(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    return redirect("account:code")


def ask_for_email(
    request: HttpRequest, form: EmailForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Show the page of the login: a code by e-mail, or a passkey."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    return render(request, "web/account/email.html", {"form": form, "next": wanted}, status=status)
