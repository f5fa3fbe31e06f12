"""Where a request comes from, as far as it can be believed."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

UNKNOWN: Final = "::"
"""For a sender without an address, such as a proxy on the same machine's socket."""


def address_of(request: HttpRequest) -> str:
    """Return the sender's address: the last one a believed proxy has written down."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def storable_address_of(request: HttpRequest) -> str:
    """Return the same where only a real address can be kept; anything else becomes UNKNOWN."""
    try:
        return str(ip_address(address_of(request)))
    except ValueError:
        return UNKNOWN
