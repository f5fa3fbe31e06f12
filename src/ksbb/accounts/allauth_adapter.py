"""What django-allauth asks us about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.accounts.sender import storable_address_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ksbb.accounts.models import User


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Believes the proxy as the rest of the platform does, and says nothing of its own."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return storable_address_of(request)

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Leave the words to our pages."""


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    """Words of ours for passkeys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This passkey did not open the account. Try again, or take a code by e-mail."
        )
    }

    def generate_authenticator_name(self, user: User, type: object) -> str:  # noqa: A002 - its name
        return _("Passkey")
