"""Texts that are kept as files by whoever asks for them."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

CSV: Final = "text/csv; charset=utf-8"
JSON: Final = "application/json"


def download(text: str, *, name: str, kind: str) -> HttpResponse:
    """Return a text as a file, byte for byte; `kind` is CSV or JSON, `name` has no quotes in it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=kind, headers=headers)
