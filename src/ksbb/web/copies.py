"""Pages that read the same to everybody are made once and sent many times.

A view says of itself that it is such a page (`same_for_all`). Its answer is kept only if it was
made for a visitor without a session and touched nothing of one; it is sent only to such visitors,
and only while nothing has been written since. The rules stand in docs/decisions/0010.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from ksbb.audit.queries_version import Version, read_version, still_holds
from ksbb.web.shelf import Copy, Key, Shelf, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    from ksbb.web.access import View

PUBLIC: Final = "public, max-age=0, must-revalidate"
"""Anybody may keep it, and asks each time whether it is still right."""

LONGEST_QUERY: Final = 300
LARGEST_PAGE: Final = 400_000

# An answer to a GET of a public page can depend on these cookies and on no others.
TELLING_COOKIES: Final = (
    settings.SESSION_COOKIE_NAME,
    "messages",
    settings.LANGUAGE_COOKIE_NAME,
)
_MARK: Final = "ksbb.same_for_all"


def same_for_all(*names: str) -> Callable[[View], View]:
    """Mark a view whose answer depends on nothing but the address and the book.

    `names` are the parameters of the query it reads. An address with any other one is answered as
    well, but not kept.
    """

    def decorate(view: View) -> View:
        view.__dict__["same_for_all"] = frozenset(names)
        return view

    return decorate


class Copies:
    """Answers from a copy where there is a right one; keeps what may be kept. The outermost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Share the room: addresses somebody typed cannot push out the pages everybody opens."""
        self.get_response = get_response
        self.plain = Shelf(settings.PAGE_COPIES_BYTES // 2)
        self.asked = Shelf(settings.PAGE_COPIES_BYTES // 2)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send a copy, or have the page made."""
        if not self.plain.room or request.method not in {"GET", "HEAD"} or _is_known(request):
            return self.get_response(request)
        key = _key(request)
        shelf = self.asked if key.query else self.plain
        copy = shelf.find(key)
        if copy and _is_right(copy):
            return _sent(copy, request)
        made = self._made(request) if request.method == "GET" else None
        if made is None:
            return self.get_response(request)
        response, version = made
        if not _may_be_kept(request, response):
            return response
        copy = _copied(response, version)
        shelf.put(key, copy)
        return _sent(copy, request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Let a page for all know nothing of who asks, and have it made whole."""
        names = getattr(view, "same_for_all", None)
        if names is None or _MARK not in request.META:
            return None
        query = request.META.get("QUERY_STRING", "")
        if len(query) <= LONGEST_QUERY and names >= set(request.GET):
            request.META[_MARK] = True
            request.COOKIES.clear()
            request.META.pop("HTTP_IF_NONE_MATCH", None)
        return None

    def _made(self, request: HttpRequest) -> tuple[HttpResponse, Version] | None:
        # The version comes first: what is written while the page is made makes it old, not wrong.
        version = _version()
        if version is None:
            return None
        wanted = request.META.get("HTTP_IF_NONE_MATCH", "")
        request.META[_MARK] = False
        response = self.get_response(request)
        # Taken away while the page was made: `_sent` looks at it.
        request.META["HTTP_IF_NONE_MATCH"] = wanted
        return response, version


def _is_known(request: HttpRequest) -> bool:
    """Tell whether the browser brings anything that an answer may depend on."""
    cookies = request.META.get("HTTP_COOKIE", "")
    return "HTTP_AUTHORIZATION" in request.META or any(name in cookies for name in TELLING_COOKIES)


def _key(request: HttpRequest) -> Key:
    meta = request.META
    forwarded = settings.SECURE_PROXY_SSL_HEADER and settings.SECURE_PROXY_SSL_HEADER[0]
    scheme = f"{meta.get('wsgi.url_scheme')} {meta.get(forwarded) if forwarded else ''}"
    return Key(scheme, meta.get("HTTP_HOST", ""), request.path, meta.get("QUERY_STRING", ""))


def _version() -> Version | None:
    # Whatever is wrong with the database, the page itself will say.
    try:
        return read_version()
    except DatabaseError:
        return None


def _is_right(copy: Copy) -> bool:
    if time.monotonic() - copy.made_at > settings.PAGE_COPIES_SECONDS:
        return False
    try:
        return still_holds(copy.version)
    except DatabaseError:
        return False


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.META.get(_MARK) is True
        and response.status_code == 200  # noqa: PLR2004 - the one status that is kept
        and not response.streaming
        and not response.cookies
        # Set as soon as a page holds a form's protection, which belongs to one visitor.
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and "no-store" not in response.headers.get("Cache-Control", "")
        and len(response.content) <= LARGEST_PAGE
        and bool(response.headers.get("ETag"))
    )


def _copied(response: HttpResponse, version: Version) -> Copy:
    response.headers["Cache-Control"] = PUBLIC
    # The language stands in the address, whatever the browser would like.
    response.headers["Vary"] = "Cookie"
    patch_vary_headers(response, ["Accept-Encoding"])
    left_out = {"ETag", "Content-Length"}
    headers = tuple(pair for pair in response.headers.items() if pair[0] not in left_out)
    text = response.content
    etag = response.headers["ETag"].removeprefix("W/")
    is_picture = response.headers.get("Content-Type", "").startswith("image/png")
    return Copy(text, b"" if is_picture else zipped(text), etag, headers, version, time.monotonic())


def _sent(copy: Copy, request: HttpRequest) -> HttpResponse:
    """Return the copy as this browser wants it: compressed, or only that it has not changed."""
    zips = bool(copy.zipped) and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    # Compressed and plain mean the same and are not the same bytes: a weak tag.
    etag = f"W/{copy.etag}"
    if copy.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        response = HttpResponse(copy.zipped if zips else copy.text)
        response.headers["Content-Length"] = str(len(response.content))
        if zips:
            response.headers["Content-Encoding"] = "gzip"
    for name, value in copy.headers:
        response.headers[name] = value
    response.headers["ETag"] = etag
    return response
