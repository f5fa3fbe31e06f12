"""How the platform looks on a phone's home screen, in the language it was installed from."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.web.access import public
from ksbb.web.copies import same_for_all

MAST: Final = "#073a44"
PAPER: Final = "#fbf7ef"
ICONS: Final = (
    ("web/icon-192.png", 192, "any"),
    ("web/icon-512.png", 512, "any"),
    ("web/icon-safe-512.png", 512, "maskable"),
)


@public
@same_for_all()
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view takes a request
    """Describe the installed page."""
    home = reverse("portal:home")
    content = {
        "id": home,
        "name": _("KSBB, Large-Scale Social Collaboration"),
        "short_name": "KSBB",
        "description": _(
            "See where help is still missing, promise yours, and follow it until it is received."
        ),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": home,
        # One door for both languages, so that the switch stays inside.
        "scope": "/",
        "display": "standalone",
        "theme_color": MAST,
        "background_color": PAPER,
        "icons": [
            {"src": static(path), "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
            for path, size, use in ICONS
        ],
        "shortcuts": [
            {"name": _("Find a place"), "url": reverse("portal:targets")},
            {"name": _("Give help"), "url": reverse("portal:give")},
        ],
    }
    return JsonResponse(content, status=HTTPStatus.OK, content_type="application/manifest+json")
