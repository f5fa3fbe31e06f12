"""All public pages in both languages: an index, the pages that are always there, and the places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from ksbb.collaborators.enums import Kind
from ksbb.collaborators.queries import named
from ksbb.needs.queries_codes import codes_of, count_codes
from ksbb.portal.guide_pages import PAGES as GUIDE
from ksbb.programmes.queries import current_programme
from ksbb.web.access import public
from ksbb.web.copies import same_for_all

PER_FILE: Final = 5_000
"""Places in one file, each with two addresses; a file may have 50,000."""

MOST_FILES: Final = 50_000
"""So many an index may list."""

PAGES: Final = (
    "home",
    "targets",
    "map",
    "achievement",
    "release",
    "collaborators",
    "funds",
    "offers",
    "priority",
    "plans",
    "report",
    "data",
    "digests",
    "guide",
    "guide-hindsight",
    "guide-priority",
)
MOST: Final = 25_000
"""Givers in their one file."""
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


@public
@same_for_all()
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the files."""
    programme = current_programme()
    places = count_codes(programme) if programme else 0
    files = [reverse("sitemap-pages"), reverse("sitemap-givers")]
    files += [
        reverse("sitemap-places", args=[number]) for number in range(1, -(-places // PER_FILE) + 1)
    ]
    entries = "".join(
        f"<sitemap><loc>{escape(request.build_absolute_uri(file))}</loc></sitemap>\n"
        for file in files
    )
    return _xml(f'<sitemapindex xmlns="{_NAMESPACE}">\n{entries}</sitemapindex>\n')


@public
@same_for_all()
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """List the pages that are always there."""
    fixed = (_both(f"portal:{name}") for name in PAGES)
    guide = (_both("portal:guide-page", page.slug) for page in GUIDE)
    return _urls(request, chain(fixed, guide))


@public
@same_for_all()
@require_safe
def givers(request: HttpRequest) -> HttpResponse:
    """List the pages of companies and groups; a single person is not led to from outside."""
    groups = named().exclude(kind=Kind.INDIVIDUAL).order_by("pk")
    slugs = groups.values_list("slug", flat=True)[:MOST]
    marked = _both("portal:collaborator", "CODE")
    return _urls(request, _each(marked, slugs))


@public
@same_for_all()
@require_safe
def places(request: HttpRequest, number: int) -> HttpResponse:
    """List the pages of some places."""
    programme = current_programme()
    first = (number - 1) * PER_FILE
    codes = codes_of(programme, first, PER_FILE) if programme and 0 < number <= MOST_FILES else []
    if not codes:
        raise Http404
    marked = _both("portal:target", "CODE")
    return _urls(request, _each(marked, codes))


def _each(marked: list[str], names: Iterable[str]) -> Iterator[list[str]]:
    return ([one.replace("CODE", quote(name)) for one in marked] for name in names)


def _both(name: str, *args: str) -> list[str]:
    """Return the address in Indonesian and in English."""
    found = []
    for language in ("id", "en"):
        with override(language):
            found.append(reverse(name, args=args))
    return found


def _urls(request: HttpRequest, pairs: Iterable[list[str]]) -> HttpResponse:
    root = request.build_absolute_uri("/").rstrip("/")
    entries = "".join(_entries(root, pairs))
    space = f'xmlns="{_NAMESPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return _xml(f"<urlset {space}>\n{entries}</urlset>\n")


def _entries(root: str, pairs: Iterable[list[str]]) -> Iterator[str]:
    for indonesian, english in pairs:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{root}{path}"/>'
            for language, path in (("id", indonesian), ("en", english), ("x-default", indonesian))
        )
        for path in (indonesian, english):
            yield f"<url><loc>{root}{path}</loc>{links}</url>\n"


def _xml(text: str) -> HttpResponse:
    return HttpResponse(_HEAD + text, content_type="application/xml; charset=utf-8")
