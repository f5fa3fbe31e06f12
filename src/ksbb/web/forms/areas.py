"""The areas a form lets choose from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.regions.queries import subtree


def area_choices(root: Region) -> list[Any]:
    """Return the whole, then each city with its kecamatan as a group."""
    cities = subtree(root.code, level=Level.REGENCY)
    districts = list(subtree(root.code, level=Level.DISTRICT))
    groups = [
        (
            city.short_name,
            [
                (city.code, _("All of %(name)s") % {"name": city.short_name}),
                *((one.code, one.short_name) for one in districts if one.parent_id == city.code),
            ],
        )
        for city in cities
    ]
    return [("", _("All of %(name)s") % {"name": root.short_name}), *groups]
