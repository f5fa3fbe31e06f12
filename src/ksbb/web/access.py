"""Who may open a page. Every view carries one of the two marks; a test walks all addresses."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Final, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponseBase

    from ksbb.accounts.models import User

    View = Callable[..., HttpResponseBase]

PUBLIC: Final = "public"

# An operation of the API returns data and no answer.
AnyView = TypeVar("AnyView", bound="Callable[..., object]")


def public(view: AnyView) -> AnyView:
    """Mark a view that everybody may open, logged in or not."""
    return _marked(view, PUBLIC)


def requires(permission: str) -> Callable[[View], View]:
    """Mark a view that needs a permission which depends on the user alone.

    A visitor is sent to the login and comes back; a user without the permission gets 403.
    A permission that also depends on the object is asked again where the object is fetched.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.has_perm(permission):
                raise PermissionDenied(_("Your account may not open this page."))
            return view(request, *args, **kwargs)

        return _marked(guarded, permission)

    return decorate


def check(request: HttpRequest, permission: str, obj: Model) -> None:
    """Raise PermissionDenied where the reader may do this, but not to this very object."""
    if not request.user.has_perm(permission, obj):
        raise PermissionDenied(_("This lies outside the area of your account."))


def reader(request: HttpRequest) -> User:
    """Return whoever is logged in, in a view that only opens to them."""
    return cast("User", request.user)


def access_of(view: object) -> str | None:
    """Return the mark of a view: PUBLIC, a permission, or None where it was forgotten."""
    return getattr(view, "access", None)


def _marked(view: AnyView, mark: str) -> AnyView:
    # A function object takes attributes, though its type does not name them.
    view.__dict__["access"] = mark
    return view
