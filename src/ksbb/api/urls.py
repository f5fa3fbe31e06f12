"""The addresses of the API; each operation is opened by `door`."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path

from ksbb.api.door import opened
from ksbb.api.v1 import api
from ksbb.api.views import documents

app_name = "api"


def _operations() -> Iterator[URLPattern]:
    by_name = {
        one.view_func.__name__: path_view
        for path_view in api.default_router.path_operations.values()
        for one in path_view.operations
    }
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name in by_name:
            view = opened(pattern.callback, by_name[pattern.name])
            yield URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


urlpatterns = [
    path("", documents.root, name="root"),
    path("openapi.json", documents.openapi, name="openapi"),
    path("docs", documents.docs, name="docs"),
    *_operations(),
]
