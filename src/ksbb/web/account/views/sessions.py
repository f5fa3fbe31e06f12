from typing import NamedTuple

from allauth.usersessions.internal import flows
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.web.access import requires
from ksbb.web.account.agents import in_words, roughly


class Row(NamedTuple):
    """One open session in words."""

    session: UserSession
    browser: str
    network: str
    is_here: bool


@requires("accounts.keep_own")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """List where the account is open, and close one session or all others."""
    own = UserSession.objects.purge_and_list(request.user)
    if request.method == "POST":
        chosen = [one for one in own if not one.is_current()]
        if "semua" not in request.POST:
            chosen = [one for one in chosen if str(one.pk) == request.POST.get("sesi", "")]
        flows.sessions.end_sessions(request, chosen)
        if chosen:
            messages.success(request, _("Logged out there."))
        return redirect("account:sessions")
    rows = [Row(one, in_words(one.user_agent), roughly(one.ip), one.is_current()) for one in own]
    rows.sort(key=lambda row: (not row.is_here, -row.session.created_at.timestamp()))
    return render(request, "web/account/sessions.html", {"rows": rows})
