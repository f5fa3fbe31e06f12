"""The names of institutions, which every process keeps for itself in a form made for searching."""

from __future__ import annotations

from functools import lru_cache
from secrets import token_hex
from typing import Final, NamedTuple

from django.core.cache import cache

from ksbb.needs.enums import Verification
from ksbb.needs.models import Target
from ksbb.shared.codes import within
from ksbb.shared.text import EXACT_FROM, Names

MANY: Final = 50
_STAMP: Final = "needs.names"
_SECONDS: Final = 600
"""How long a process with a cache of its own may go on without what another one has written."""


class Institution(NamedTuple):
    """A place with a name of its own, and how well that fits what was typed (0 to 100)."""

    key: int
    code: str
    name: str
    region: str
    score: float

    @property
    def exact(self) -> bool:
        """Tell whether the name was typed as it is."""
        return self.score >= EXACT_FROM


def search_institutions(text: str, root: str) -> list[Institution]:
    """Return the verified institutions below a region whose names fit best, best first."""
    index = _index(cache.get_or_set(_STAMP, token_hex, timeout=_SECONDS))
    found = (
        Institution(*index.rows[one.index], one.score) for one in index.names.rank(text, limit=MANY)
    )
    return [one for one in found if within(one.region, root)]


def forget_names() -> None:
    """Let every process that shares the cache read the names anew."""
    cache.delete(_STAMP)


class _Index(NamedTuple):
    names: Names
    rows: list[tuple[int, str, str, str]]


@lru_cache(maxsize=1)
def _index(stamp: str) -> _Index:  # noqa: ARG001 - a new stamp makes a new index
    targets = Target.objects.filter(kind__is_area=False, verification=Verification.VERIFIED)
    rows = list(targets.order_by("pk").values_list("pk", "code", "name", "region_id"))
    return _Index(Names(name for _, _, name, _ in rows), rows)
