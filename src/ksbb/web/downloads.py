"""What is kept as a file by whoever asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.http import HttpResponse, StreamingHttpResponse

CSV: Final = "text/csv; charset=utf-8"
JSON: Final = "application/json"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(text: str, *, name: str, kind: str) -> HttpResponse:
    """Return a text as a file, byte for byte; `kind` is CSV or JSON, `name` has no quotes in it."""
    return HttpResponse(text, content_type=kind, headers=_named(name))


def streamed(pieces: Iterable[str | bytes], *, name: str, kind: str = CSV) -> StreamingHttpResponse:
    """Return pieces as a file that is sent while it is made; `name` has no quotes in it."""
    return StreamingHttpResponse(pieces, content_type=kind, headers=_named(name))


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
