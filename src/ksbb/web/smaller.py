"""Style sheets and scripts go out compressed, where nobody has done that before.

Production collects its files compressed; the demo serves them as they lie in the package.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

from ksbb.web.shelf import zipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

WRITTEN: Final = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")
FILES: Final = 200
"""How many files are kept compressed; there are fewer."""

_zipped = lru_cache(FILES)(zipped)


class Smaller:
    """Compresses what WhiteNoise answers with; stands outside of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with a file made smaller for a browser that takes it so."""
        answer = self.get_response(request)
        if not _is_written(answer) or not request.path.startswith(settings.STATIC_URL):
            return answer
        patch_vary_headers(answer, ["Accept-Encoding"])
        if "gzip" not in request.headers.get("Accept-Encoding", "") or request.method != "GET":
            return answer
        small = HttpResponse(_zipped(b"".join(answer)))
        answer.close()
        left_out = {"Content-Length", "ETag"}
        for name, value in answer.headers.items():
            if name not in left_out:
                small.headers[name] = value
        small.headers["Content-Encoding"] = "gzip"
        small.headers["Content-Length"] = str(len(small.content))
        return small


def _is_written(answer: HttpResponseBase) -> bool:
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    return (
        isinstance(answer, StreamingHttpResponse)
        and answer.status_code == 200  # noqa: PLR2004 - a part of a file stays as it is
        and kind in WRITTEN
        and "Content-Encoding" not in answer.headers
    )
