"""Pages that follow a key and not a number: what is added or moves in between shifts nothing."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Final, NamedTuple, TypeVar

from django.db import DataError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ksbb.api.problems import InvalidParametersError

Row = TypeVar("Row", bound=Model)

LONGEST: Final = 1_000
Key = tuple[str, ...]


class Page(NamedTuple):
    """Rows of one page, and the cursor of the next one; None on the last."""

    rows: list[Any]
    cursor: str | None


def page_of(rows: QuerySet[Row], key: Key, *, limit: int, cursor: str | None) -> Page:
    """Return the rows that follow the cursor.

    `key` are the fields to order by, "-" before those that fall; the last one is unique. A field
    may be an annotation. Where the first may be NULL, such rows come last.
    """
    if cursor is None:
        found = list(rows[: limit + 1])
    else:
        found = _following(rows, _behind(key, _read(cursor, key)), limit + 1)
    if len(found) <= limit:
        return Page(found, None)
    return Page(found[:limit], _written(key, found[limit - 1]))


def _following(rows: QuerySet[Row], behind: Q, count: int) -> list[Row]:
    try:
        return list(rows.filter(behind)[:count])
    except (ValueError, TypeError, OverflowError, DataError) as error:
        # The values of a cursor somebody has made up fit no column.
        raise _foreign() from error


def next_address(request: HttpRequest, cursor: str | None) -> str | None:
    """Return the address of the page behind a cursor, with every other parameter kept."""
    if cursor is None:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"{request.path}?{query.urlencode()}"


def _behind(key: Key, values: list[Any]) -> Q:
    """Say what comes after these values in the order of the key."""
    found, equal = Q(), Q()
    for field, value in zip(key, values, strict=True):
        name = field.removeprefix("-")
        if value is None:
            # Nothing but other rows without a value follows.
            equal &= Q(**{f"{name}__isnull": True})
            continue
        further = Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
        if name == _far(key):
            further |= Q(**{f"{name}__isnull": True})
        found |= equal & further
        equal &= Q(**{name: value})
    return found & _from(key[0], values[0])


def _from(field: str, value: Any) -> Q:
    """Say once more where to begin, in words an index understands."""
    if value is None or field == "far":
        return Q()
    return Q(**{f"{field.removeprefix('-')}__{'lte' if field.startswith('-') else 'gte'}": value})


def _far(key: Key) -> str:
    """Return the one field that may be NULL: how far a place is."""
    return "far" if key[0] == "far" else ""


def _written(key: Key, row: Model) -> str:
    values = [_value(row, field.removeprefix("-")) for field in key]
    text = json.dumps([",".join(key), *values], separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _read(cursor: str, key: Key) -> list[Any]:
    """Return the values of a cursor that was made for this key."""
    values: list[Any]
    try:
        text = urlsafe_b64decode(cursor[:LONGEST].encode() + b"==").decode()
        order, *values = json.loads(text)
    except (ValueError, TypeError):
        order, values = "", []
    simple = all(isinstance(value, str | int | float | None) for value in values)
    if order != ",".join(key) or len(values) != len(key) or not simple:
        raise _foreign()
    return values


def _foreign() -> InvalidParametersError:
    sentence = _("This cursor does not belong to this list. Begin again without it.")
    return InvalidParametersError({"cursor": sentence})
