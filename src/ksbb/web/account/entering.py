"""Opening a session for somebody who has shown who they are."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import login

from ksbb.web.account.second_factor import begin_to_wait

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from ksbb.accounts.models import User

BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
RECENT_MINUTES: Final = 15


def enter(request: HttpRequest, user: User, *, method: str) -> None:
    """Begin a session under a new key, keep what was typed in the old one, and list it."""
    login(request, user, backend=BACKEND)
    remember(request, user, method=method)


def remember(request: HttpRequest, user: User, *, method: str) -> None:
    """Write down that somebody showed now who they are, and in which browser."""
    record_authentication(request, user, method=method)
    begin_to_wait(request, user)
    UserSession.objects.create_from_request(request)


def show_second(request: HttpRequest, user: User, *, method: str) -> None:
    """Write down the second factor; the session goes on under a new key, with all its rights."""
    listed = UserSession.objects.filter(session_key=request.session.session_key)
    request.session.cycle_key()
    listed.update(session_key=request.session.session_key)
    record_authentication(request, user, method=method)
    user.awaits_second_factor = False


def is_recent(request: HttpRequest) -> bool:
    """Tell whether whoever is logged in has shown within RECENT_MINUTES who they are."""
    user: Any = request.user
    moments = [one["at"] for one in get_authentication_records(request, user)]
    return time.time() - max(moments, default=0) <= RECENT_MINUTES * 60


def has_passkey(user: User | AnonymousUser) -> bool:
    """Tell whether an account can be opened by a passkey."""
    own = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    return bool(own.exists())
