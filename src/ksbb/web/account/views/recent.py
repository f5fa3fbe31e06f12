from http import HTTPStatus
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.shared.errors import DomainError
from ksbb.web.access import requires
from ksbb.web.account import proof
from ksbb.web.account.goals import goal_of


@requires("accounts.show_factor")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Ask whoever logged in a while ago to show anew who they are, by a code to their address."""
    refusals: list[str] = []
    if request.method == "POST" and request.user.is_authenticated:
        goal = goal_of(request)
        try:
            proof.begin(request, email=request.user.email, goal=goal, enters=False)
            return redirect("account:code")
        except DomainError as error:
            refusals = [str(error)]
    context = {"refusals": refusals, "next": goal_of(request)}
    status = HTTPStatus.TOO_MANY_REQUESTS if refusals else HTTPStatus.OK
    return render(request, "web/account/again.html", context, status=status)


def to_again(request: HttpRequest, *, back: str = "") -> HttpResponse:
    """Lead there and back to the page that was asked for, or to the one named `back`."""
    goal = reverse(back) if back else quote(request.get_full_path())
    return redirect(f"{reverse('account:again')}?next={goal}")
