"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse

from ksbb.web.access import public

if TYPE_CHECKING:
    from django.http import HttpRequest


@public
def alive(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view takes a request
    """Answer as long as the process can answer at all."""
    return JsonResponse({"status": "ok"})


@public
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view takes a request
    """Answer 200 when database, migrations and cache are in order, else 503 and which is not."""
    try:
        checks = {"database": True, "migrations": _migrated(), "cache": _cache_answers()}
    except DatabaseError:
        checks = {"database": False}
    healthy = all(checks.values())
    body = {"status": "ok" if healthy else "unavailable", **checks}
    return JsonResponse(body, status=200 if healthy else 503)


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _cache_answers() -> bool:
    try:
        cache.set("readyz", 1, timeout=5)
        return bool(cache.get("readyz"))
    except OSError:
        return False
