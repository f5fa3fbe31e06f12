"""What a browser says of itself, in words its owner knows."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

# In this order: each later one also claims to be an earlier one.
BROWSERS: Final = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS: Final = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def in_words(user_agent: str) -> str:
    """Return “Chrome, Android”, or that the browser is not known."""
    found = [
        next((name for mark, name in names.items() if mark in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, found)) or _("unknown browser")


def roughly(address: str) -> str:
    """Return which network somebody came from, and not which device: 203.0.113.* of IPv4."""
    if "." in address:
        return f"{address.rpartition('.')[0]}.*"
    return f"{':'.join(address.split(':')[:3])}:*"
