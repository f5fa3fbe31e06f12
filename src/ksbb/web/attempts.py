"""Slows down who guesses passwords: ten failures, then a pause of five minutes.

Counted per account and address together, so that nobody locks an officer out from elsewhere.
The counts lie in the cache: without CACHE_URL each process counts for itself.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest

from ksbb.accounts.models import User
from ksbb.accounts.sender import address_of

ALLOWED: Final = 10
PAUSE_SECONDS: Final = 5 * 60


def is_paused(request: HttpRequest, account: str) -> bool:
    """Return whether this account has to wait before it is tried again from this address."""
    return int(cache.get(_key(request, account), 0)) >= ALLOWED


def count_failure(request: HttpRequest, account: str) -> None:
    """Count one wrong password; the pause begins with the last one that was counted."""
    key = _key(request, account)
    if not cache.touch(key, PAUSE_SECONDS):
        cache.add(key, 0, PAUSE_SECONDS)
    # A full cache may have dropped the count in this very moment; then it begins anew.
    with suppress(ValueError):
        cache.incr(key)


def forget(request: HttpRequest, account: str) -> None:
    """Begin anew after the right password."""
    cache.delete(_key(request, account))


def _key(request: HttpRequest, account: str) -> str:
    """Return where the count lies; neither address nor account can be read from it."""
    who = f"{address_of(request)} {User.normalize_username(account)}"
    return f"login-{sha256(who.encode()).hexdigest()}"
