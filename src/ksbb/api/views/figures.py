from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import Field

from ksbb.api.parameters import ProgrammeSlug, read_scope
from ksbb.api.problems import InvalidParametersError
from ksbb.reports.figures import as_json
from ksbb.reports.figures import figures as figures_of
from ksbb.shared.clock import parse_moment
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import moment
from ksbb.web.access import public

AsOf = Annotated[
    str | None,
    Field(
        max_length=40,
        description="A day (its end) or a moment, ISO 8601; left out: now.",
        examples=["2020-05-02", "2020-05-02T23:59:59+07:00"],
    ),
]


@public
def figures(
    request: HttpRequest,
    programme: ProgrammeSlug = None,
    as_of: AsOf = None,
) -> dict[str, Any]:
    """Return the achievement as of a moment, net and cumulative: what `ksbb report` prints."""
    scope = read_scope(programme)
    return as_json(figures_of(scope.programme, _moment(as_of, scope.now)))


def _moment(typed: str | None, now: datetime) -> datetime:
    """Return the moment asked for, never later than now; a day of today means now."""
    if not typed:
        return now
    try:
        asked = parse_moment(typed)
    except DomainError as error:
        raise InvalidParametersError({"as_of": str(error)}) from error
    if asked.date() > now.date():
        sentence = _("That lies ahead: it is %(now)s now.") % {"now": moment(now)}
        raise InvalidParametersError({"as_of": sentence})
    return min(asked, now)
