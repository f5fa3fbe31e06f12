"""All addresses of the site, with the views that answer them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver

Routes = list[URLPattern | URLResolver]
View = Callable[..., Any]


def views(routes: Routes, prefix: str = "") -> Iterator[tuple[str, View]]:
    """Yield (address, view) for all addresses but those of Django's admin, which guards itself."""
    for route in routes:
        if isinstance(route, URLPattern):
            yield f"{prefix}{route.pattern}", route.callback
        elif route.namespace != "admin":
            yield from views(route.url_patterns, f"{prefix}{route.pattern}")


def methods_of(view: View) -> list[str]:
    """Return the methods a view is marked to take, none where it decides about them itself."""
    layer: View | None = view
    while layer:
        kept = inspect.getclosurevars(layer).nonlocals if inspect.isfunction(layer) else {}
        if "request_method_list" in kept:
            return list(kept["request_method_list"])
        layer = getattr(layer, "__wrapped__", None)
    return []
