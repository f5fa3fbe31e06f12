"""What every page knows besides its own content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import get_script_prefix
from django.utils.translation import get_language

from ksbb.shared import clock

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

ENGLISH = "en/"


def page(request: HttpRequest) -> dict[str, object]:
    """Return the other language's address, the login's, and where the demo's clock stands."""
    return {
        "language": get_language(),
        "other_language_url": other_language_url(request.get_full_path()),
        "login_url": resolve_url(settings.LOGIN_URL),
        "demo_clock": demo_clock(),
    }


def other_language_url(full_path: str) -> str:
    """Return the same address and query in the other language: English stands under /en/."""
    prefix = get_script_prefix()
    rest = full_path.removeprefix(prefix)
    if rest.startswith(ENGLISH):
        return prefix + rest.removeprefix(ENGLISH)
    return prefix + ENGLISH + rest


def demo_clock() -> datetime | None:
    """Return the moment a demo shows, None outside a demo."""
    return clock.now() if settings.DEMO else None
