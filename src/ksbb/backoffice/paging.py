from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS: Final = 20


def page_of(rows: QuerySet[Any], request: HttpRequest) -> Page[Any]:
    """Return the page of a list that `hal` asks for; the nearest one where it asks nonsense."""
    return Paginator(rows, ROWS).get_page(request.GET.get("hal"))
