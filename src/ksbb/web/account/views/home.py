from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ksbb.collaborators.queries import memberships_of
from ksbb.web.access import requires


@requires("accounts.keep_own")
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what belongs to the account: whom it acts for, and how it opens."""
    context = {
        "memberships": memberships_of(request.user),
        "passkeys": Authenticator.objects.filter(
            user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN
        ).count(),
        "sessions": UserSession.objects.filter(user_id=request.user.pk).count(),
    }
    return render(request, "web/account/home.html", context)
