"""Streets under the map, from a server the operator names; without one no other host is asked."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from ksbb.config.settings.environment import text

__all__ = ["TILE_ATTRIBUTION", "TILE_HOST", "TILE_URL"]

TILE_URL: Final = text("KSBB_TILE_URL")
TILE_ATTRIBUTION: Final = text("KSBB_TILE_ATTRIBUTION")

_EXAMPLE: Final = "https://tiles.example.id/{z}/{x}/{y}.png"
_PLAIN: Final = re.compile(r"[!-~]+")
_BRACES: Final = re.compile(r"\{[^{}]*\}")
_WANTED: Final = ["{x}", "{y}", "{z}"]


def _host(url: str) -> str:
    """Return scheme and host for the content security policy, "" where there are no tiles."""
    if not url:
        return ""
    parts = urlsplit(url)
    right = parts.scheme in {"http", "https"} and re.fullmatch(r"[\w.-]+(:\d+)?", parts.netloc)
    if not (right and _PLAIN.fullmatch(url) and sorted(_BRACES.findall(url)) == _WANTED):
        message = f"KSBB_TILE_URL is “{url}”. Write it like {_EXAMPLE}."
        raise ImproperlyConfigured(message)
    if not TILE_ATTRIBUTION:
        message = "KSBB_TILE_ATTRIBUTION is missing: say whose streets KSBB_TILE_URL shows."
        raise ImproperlyConfigured(message)
    return f"{parts.scheme}://{parts.netloc}"


try:
    TILE_HOST: Final = _host(TILE_URL)
except ValueError as error:
    message = f"KSBB_TILE_URL is “{TILE_URL}”. Write it like {_EXAMPLE}."
    raise ImproperlyConfigured(message) from error
