"""The script a browser keeps beside the pages, told what to keep and under which version."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

import ksbb
from ksbb.web.access import public

FOLDER: Final = Path(ksbb.__file__).parent / "web/static"
SCRIPT: Final = FOLDER / "web/sw.js"
FILES: Final = (
    "web/base.css",
    "web/layout.css",
    "web/forms.css",
    "web/parts.css",
    "web/print.css",
    "web/ksbb.js",
    "web/offline.js",
    "web/logo.svg",
    "web/weave.svg",
    "web/woven.svg",
)
LANGUAGES: Final = ("id", "en")


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes a request
    """Send the script behind the line that tells it what this installation is."""
    told = f"const KSBB = {json.dumps(_settings(), ensure_ascii=False)};\n"
    response = HttpResponse(told + SCRIPT.read_text(), content_type="text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    # Asked for at each visit: an old one must not stay.
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def _settings() -> dict[str, object]:
    offline, notes = {}, {}
    for language in LANGUAGES:
        with override(language):
            offline[language] = reverse("offline")
            notes[language] = _(
                "You have no connection. This page is as it was when you last opened it; "
                "the moment of its figures stands beside them."
            )
    files = [static(name) for name in FILES]
    return {"version": _version(files), "files": files, "offline": offline, "notes": notes}


def _version(files: list[str]) -> str:
    """Return what changes with each release and with each of the files."""
    digest = sha256(" ".join([ksbb.__version__, *files]).encode())
    for name in (*FILES, "web/sw.js"):
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()[:12]
