"""Parameters that several operations take."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import Field

from ksbb.api.cursors import next_address
from ksbb.api.problems import InvalidParametersError
from ksbb.api.schemas import Problem
from ksbb.programmes.queries import current_programme, published
from ksbb.programmes.scope import Scope, scope_of
from ksbb.shared import clock

_CODE: Final = r"^[1-9][0-9](\.[0-9]{2}(\.[0-9]{2}(\.[1-9][0-9]{3}(\.[0-9]{3})?)?)?)?$"

Limit = Annotated[int, Field(ge=1, le=1000, description="Rows of a page.")]
Cursor = Annotated[
    str | None, Field(max_length=1000, description="Where to go on; take it from `next`.")
]
ProgrammeSlug = Annotated[
    str | None, Field(max_length=50, description="Left out: the one the public pages show.")
]
Area = Annotated[str | None, Field(pattern=_CODE, description="At or below this region code.")]
Words = Annotated[
    str | None, Field(max_length=120, description="Name, code or postal code, errors allowed.")
]
LANGUAGE: Final[dict[str, Any]] = {
    "in": "query",
    "name": "lang",
    "required": False,
    "schema": {"type": "string", "enum": ["id", "en"]},
    "description": "Language of problems. Left out: Accept-Language, else Indonesian.",
}
"""What every operation takes beside its own parameters, as OpenAPI writes it."""

PROBLEMS: Final[dict[int, Any]] = {
    400: Problem,
    404: Problem,
    422: Problem,
    429: Problem,
    503: Problem,
}
"""What every operation may answer instead."""


def read_scope(slug: str | None) -> Scope:
    """Return the programme of a slug, or the one shown, at the moment of now."""
    programme = published(slug) if slug else current_programme()
    if programme is None:
        raise InvalidParametersError({"programme": _("No programme has been published yet.")})
    return scope_of(programme, clock.now())


def listed(request: HttpRequest, cursor: str | None, **answer: Any) -> dict[str, Any]:
    """Return an answer with what every list says of itself."""
    return {
        "as_of": clock.now(),
        "licence": settings.DATA_LICENCE,
        "next": next_address(request, cursor),
        **answer,
    }
