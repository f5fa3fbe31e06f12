"""How often one sender may ask: so many requests a minute, counted in the cache.

The counts lie in the cache: without CACHE_URL each process counts for itself.
"""

from __future__ import annotations

import time
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from django.core.cache import cache

from ksbb.accounts.sender import address_of

if TYPE_CHECKING:
    from django.http import HttpRequest

WINDOW_SECONDS: Final = 60


def seconds_to_wait(request: HttpRequest, *, kind: str, most: int, key: str = "") -> int:
    """Count one request; return 0, or in how many seconds the next one is heard.

    `most` a minute for each `kind` and `key` (a token), or address where there is none; 0 lets
    everything through.
    """
    if not most:
        return 0
    now = int(time.time())
    window = now - now % WINDOW_SECONDS
    who = sha256((key or address_of(request)).encode()).hexdigest()[:32]
    name = f"limit-{kind}-{window}-{who}"
    cache.add(name, 0, 2 * WINDOW_SECONDS)
    asked = 0
    # A full cache may have dropped the count in this very moment; then it begins anew.
    with suppress(ValueError):
        asked = cache.incr(name)
    return window + WINDOW_SECONDS - now if asked > most else 0
