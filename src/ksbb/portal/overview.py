"""The programme in a few numbers: one row per aid type, never added across units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ksbb.programmes.models import AidType
from ksbb.reports.fulfilment import PhaseTable


class Overview(NamedTuple):
    """Sums of one aid type over the phases that were asked for, in its own unit."""

    aid_type: AidType
    quantity: int
    committed: int
    delivered: int
    received: int

    @property
    def open(self) -> int:
        """What is needed and not committed."""
        return self.quantity - self.committed


def overview(tables: Iterable[PhaseTable], aid_types: list[AidType]) -> list[Overview]:
    """Add the phases up for each aid type that is needed in one of them."""
    sums = [(row.code, row.sums) for table in tables for row in table.rows]
    by_type = [(kind, [own for slug, own in sums if slug == kind.slug]) for kind in aid_types]
    return [
        Overview(
            aid_type=kind,
            quantity=sum(one.quantity for one in own),
            committed=sum(one.committed for one in own),
            delivered=sum(one.delivered for one in own),
            received=sum(one.received for one in own),
        )
        for kind, own in by_type
        if own
    ]
