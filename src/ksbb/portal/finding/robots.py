from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ksbb.web.access import public
from ksbb.web.copies import same_for_all

CLOSED: Final = (
    "pokja",
    "admin",
    "akun",
    "saya",
    "masuk",
    "keluar",
    "bantu",
    "komitmen",
    "terima",
    "undangan",
    "luring",
)
"""First parts of addresses which lead to nothing a stranger should find."""


@public
@same_for_all()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what no search engine shall open."""
    closed = [f"Disallow: {prefix}/{part}/" for part in CLOSED for prefix in ("", "/en")]
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", *closed, "", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
