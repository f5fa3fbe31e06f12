"""RW that a file names and no list knows yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.shared.codes import parent_of, rw_number

if TYPE_CHECKING:
    from collections.abc import Collection


def add_rw(codes: Collection[str]) -> set[str]:
    """Add those of the RW that are not known; return their codes. A step of a larger action."""
    known = set(Region.objects.filter(code__in=codes).values_list("code", flat=True))
    missing = sorted(set(codes) - known)
    Region.objects.bulk_create(
        Region(
            code=code,
            name=f"RW {rw_number(code):03d}",
            level=Level.RW,
            parent_id=parent_of(code),
        )
        for code in missing
    )
    return set(missing)


def remove_rw(codes: Collection[str]) -> None:
    """Take away RW that were added and that nothing stands on."""
    Region.objects.filter(code__in=codes, level=Level.RW).delete()
