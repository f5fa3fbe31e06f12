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
COMMITMENT = "portal:commitment"
"""Differs for its giver, and is passed on all the same: the code is meant for that."""


def page(request: HttpRequest) -> dict[str, object]:
    """Return what head and foot of every page are made of.

    `page_address` is there only where the address is no secret and may be passed on.
    """
    origin = request.build_absolute_uri("/").rstrip("/")
    return {
        "language": get_language(),
        "origin": origin,
        "page_address": f"{origin}{request.path}" if is_shareable(request) else "",
        "other_language_url": other_language_url(request.get_full_path()),
        "other_language_path": other_language_url(request.path),
        "login_url": resolve_url(settings.LOGIN_URL),
        "demo_clock": demo_clock(),
    }


def is_shareable(request: HttpRequest) -> bool:
    """Tell whether this is a page for everybody: one that says so, or one known by its code."""
    match = request.resolver_match
    return match is not None and (
        hasattr(match.func, "same_for_all") or match.view_name == COMMITMENT
    )


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
