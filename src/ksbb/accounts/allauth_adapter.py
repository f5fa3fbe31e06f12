"""What django-allauth asks us about."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_str
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


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    """Words of ours for passkeys, and a lock on the secrets of authenticator apps."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This passkey did not open the account. Try again, or take a code by e-mail."
        )
    }

    def generate_authenticator_name(self, user: User, type: object) -> str:  # noqa: A002 - its name
        return _("Passkey")

    def get_totp_issuer(self) -> str:
        return "KSBB"

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """Return what turns a secret into text of the database: a copy of that alone opens nothing."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [sha256(f"ksbb.second_factor {force_str(key)}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(one)) for one in digests])
