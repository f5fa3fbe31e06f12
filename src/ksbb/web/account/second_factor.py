"""Officers show a second factor before they do anything; what is open to all stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from ksbb.accounts.rules import WITHOUT_SECOND_FACTOR, holds_office
from ksbb.web.access import PUBLIC, access_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from ksbb.accounts.models import User

SHOWS_TWO: Final = frozenset({"passkey", "totp", "recovery"})
"""Ways to show who one is that end the wait; a passkey is a device and a finger at once."""

DUE: Final = "second_factor_due"
OPEN: Final = WITHOUT_SECOND_FACTOR | {PUBLIC}


class SecondFactor:
    """Marks whoever is still to show a second factor, and leads them to where they do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look only where somebody asks who the reader is: most pages are the same for all."""
        known: Any = request.user
        request.user = SimpleLazyObject(lambda: _marked(request, known))  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Lead away from every page that is not open to all, also from Django's own."""
        del args, kwargs
        if access_of(view) in OPEN or not getattr(request.user, "awaits_second_factor", False):
            return None
        wanted = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('account:factor')}?{wanted}")


def begin_to_wait(request: HttpRequest, user: User) -> None:
    """Write into a new session whether its owner has a second factor to show."""
    if user.has_second_factor:
        request.session[DUE] = True


def is_awaited(request: HttpRequest, user: User) -> bool:
    """Tell whether this session has to show a second factor before it may do anything."""
    required = settings.SECOND_FACTOR_REQUIRED and holds_office(user)
    if not required and not request.session.get(DUE):
        return False
    records = get_authentication_records(request, user)
    return not any(one["method"] in SHOWS_TWO for one in records)


def _marked(request: HttpRequest, known: Any) -> Any:
    if known.is_authenticated:
        known.awaits_second_factor = is_awaited(request, known)
    return known
