from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q, QuerySet

from ksbb.regions.models import Region
from ksbb.shared.codes import ancestors_of

if TYPE_CHECKING:
    from datetime import date

    from ksbb.regions.enums import Level


def within(field: str, area: str) -> Q:
    """Return the filter for everything at or below ``area``.

    ``field`` is the path to a region (``"target__region"``), or "" for regions themselves. No join
    is added: the code is the key.
    """
    code = f"{field}__code" if field else "code"
    if connection.vendor == "sqlite":
        # Its LIKE never uses an index. "/" is the character after ".", and no code holds another
        # one before it.
        return Q(**{f"{code}__gte": area, f"{code}__lt": f"{area}/"})
    return Q(**{code: area}) | Q(**{f"{code}__startswith": f"{area}."})


def valid_on(day: date) -> Q:
    """Return the filter for regions that existed on ``day``; an open end counts as existing."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def children(area: str) -> QuerySet[Region]:
    """Return the regions directly below ``area``, by name."""
    return Region.objects.filter(parent=area).order_by("name", "code")


def subtree(area: str, *, level: Level | None = None) -> QuerySet[Region]:
    """Return ``area`` and everything below it by code, or only one level of that."""
    found = Region.objects.filter(within("", area)).order_by("code")
    return found if level is None else found.filter(level=level)


def path(code: str) -> list[Region]:
    """Return the regions from the province down to ``code`` itself, for breadcrumbs.

    Regions which are not known are left out, so an unknown code gives what is known around it.
    """
    return list(Region.objects.filter(code__in=[*ancestors_of(code), code]).order_by("code"))


def paths(codes: set[str]) -> dict[str, list[Region]]:
    """Return `path` for many codes with one query."""
    wanted = {code: [*ancestors_of(code), code] for code in codes}
    known = Region.objects.in_bulk({code for chain in wanted.values() for code in chain})
    return {code: [known[one] for one in chain if one in known] for code, chain in wanted.items()}
