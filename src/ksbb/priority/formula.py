"""The priority rule in whole numbers; no database, no clock (docs/algorithms/priority.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ksbb.needs.small_numbers import LEAST_SHOWN

NEUTRAL: Final = 1000
"""Thousandths: the weight of a place about which the rule says nothing."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a version of the rule says.

    `families_extra` (thousandths) are added to the weight of a place with `families_full` families
    or more, in proportion below. `age_less` (thousandths, under 1000) are taken from it where the
    count is `age_full` days old or older, or of an unknown day. Of what is committed and of what
    other sources brought, `committed_percent` and `served_percent` count.
    """

    families_extra: int
    families_full: int
    age_less: int
    age_full: int
    committed_percent: int
    served_percent: int

    def families(self, counted: int) -> int:
        """Return the families that are reckoned with: small counts as LEAST_SHOWN, large as full.

        So no figure that is published tells how many people live in a small place.
        """
        return min(max(counted, LEAST_SHOWN), self.families_full)

    def age(self, days: int | None) -> int:
        """Return the days that are reckoned with."""
        return self.age_full if days is None else min(max(days, 0), self.age_full)

    def weight(self, families: int, age: int) -> int:
        """Return the weight in thousandths, from `families` and `age` as reckoned with; ≥ 1."""
        return (
            NEUTRAL
            + self.families_extra * families // self.families_full
            - self.age_less * age // self.age_full
        )

    def counted(self, committed: int, served: int) -> int:
        """Return the packages that are counted as there already, rounded down."""
        return (self.committed_percent * committed + self.served_percent * served) // 100


PLAIN: Final = Terms(
    families_extra=0,
    families_full=LEAST_SHOWN,
    age_less=0,
    age_full=1,
    committed_percent=100,
    served_percent=0,
)
"""The order while no rule is published: nobody weighs more, and only our own commitments count."""
