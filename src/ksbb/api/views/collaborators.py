from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from ksbb.api import schemas
from ksbb.api.cursors import page_of
from ksbb.api.parameters import Cursor, Limit, listed
from ksbb.collaborators.queries import named_in_public
from ksbb.web.access import public


@public
def collaborators(
    request: HttpRequest, limit: Limit = 100, cursor: Cursor = None
) -> dict[str, Any]:
    """List the verified collaborators who wish to be named."""
    found = named_in_public().order_by("slug")
    page = page_of(found, ("slug",), limit=limit, cursor=cursor)
    items = [
        schemas.Collaborator(
            slug=one.slug,
            name=one.public_name,
            kind=one.kind,
            is_donor=one.is_donor,
            is_aggregator=one.is_aggregator,
            is_example=one.is_example,
        )
        for one in page.rows
    ]
    return listed(request, page.cursor, items=items)
