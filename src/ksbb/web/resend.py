"""What somebody typed into a form whose session or protection has died, so that it is not lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from django.http import HttpRequest

    Typed = list[tuple[str, str]]

OURS: Final = "csrfmiddlewaretoken"
SECRETS: Final = ("password", "credential", "kode")
"""Forms with these are filled in anew: an answer of ours never repeats a secret."""
UNREADABLE: Final = ("kunci", "simpanan", "next")
TICKED: Final = "on"
MOST: Final = 200


def typed_on_our_page(request: HttpRequest) -> Typed:
    """Return names and values of a form if the browser says that it stood on a page of ours.

    Without that word it may come from another site, which must not put its own choice of words
    before a reader who is one press away from sending them.
    """
    if not _from_our_page(request) or any(name in request.POST for name in SECRETS):
        return []
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    kept = [(name, value) for name, value in pairs if name != OURS]
    return kept if len(kept) <= MOST else []


def readable(typed: Typed) -> list[str]:
    """Return what a reader would know again: no keys, sealed texts, choices or empty fields."""
    words = [value for name, value in typed if value.strip() and name not in UNREADABLE]
    return [value for value in words if not value.isupper() and value != TICKED]


def _from_our_page(request: HttpRequest) -> bool:
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}"
    parts = urlsplit(said)
    return f"{parts.scheme}://{parts.netloc}" == here
