"""No page is born open: each address says who may open it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from ksbb.web.access import PUBLIC, access_of

Routes = list[URLPattern | URLResolver]


def views(routes: Routes, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield (address, view) for all addresses but those of Django's admin, which guards itself."""
    for route in routes:
        if isinstance(route, URLPattern):
            yield f"{prefix}{route.pattern}", route.callback
        elif route.namespace != "admin":
            yield from views(route.url_patterns, f"{prefix}{route.pattern}")


def test_every_address_says_who_may_open_it() -> None:
    forgotten = [
        address for address, view in views(get_resolver().url_patterns) if not access_of(view)
    ]

    assert forgotten == []


def test_pages_of_officers_are_never_public() -> None:
    public = [
        address for address, view in views(get_resolver().url_patterns) if access_of(view) == PUBLIC
    ]

    assert [address for address in public if address.startswith("pokja/")] == []
