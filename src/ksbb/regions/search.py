"""Finding regions by what people type, over an index which every process keeps for itself."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from django.core.cache import cache

from ksbb.regions.enums import Level
from ksbb.regions.models import Region, RegionAlias
from ksbb.regions.place_index import Place, PlaceIndex

if TYPE_CHECKING:
    from ksbb.regions.place_index import Hit

_STAMP: Final = "regions.places"
_SECONDS: Final = 600
"""How long a process with a cache of its own may go on without what another one has loaded."""


def search_places(text: str, *, limit: int = 10) -> list[Hit]:
    """Return the regions that ``text`` may mean, best first; none for what resembles nothing.

    Exact hits (`Hit.exact`) were named outright; all others are suggestions to choose from.
    """
    stamp = cache.get_or_set(_STAMP, token_hex, timeout=_SECONDS)
    return _index(stamp).search(text, limit=limit)


def forget_places() -> None:
    """Let every process that shares the cache read the regions anew."""
    cache.delete(_STAMP)


@lru_cache(maxsize=1)
def _index(stamp: str) -> PlaceIndex:  # noqa: ARG001 - a new stamp makes a new index
    aliases = defaultdict(list)
    for code, name in RegionAlias.objects.values_list("region_id", "name"):
        aliases[code].append(name)
    rows = Region.objects.exclude(level=Level.RW).order_by("code")
    return PlaceIndex(
        Place(code=code, name=name, level=level, postal_code=postal_code, aliases=(*aliases[code],))
        for code, name, level, postal_code in rows.values_list(
            "code", "name", "level", "postal_code"
        )
    )
