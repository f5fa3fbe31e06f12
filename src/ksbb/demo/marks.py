"""What the book must show at given moments: the published figures and, between them, waymarks.

Published: press release 1255/SP-HMS/05/2020 (2 May) and the working group's figures as reported by
the press for 12, 13, 15 and 22 May 2020. The packages of 6 May come from a garbled report and
stand here as a waymark only. All other waymarks are invented and lead from one to the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from ksbb.shared.clock import WIB


class Packages(NamedTuple):
    """Committed packages, net and cumulative."""

    sembako: int
    meals: int
    lebaran: int
    thr: int


class Reach(NamedTuple):
    """RW that get anything in a phase, and those of them whose need is met."""

    aided: int
    fulfilled: int


class Givers(NamedTuple):
    """Collaborators with something committed; aggregators are counted apart."""

    organisations: int
    individuals: int
    aggregators: int


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The figures of one moment; phases that are not named are not held to anything.

    `published` tells of packages and givers, `published_phase` which phase's RW were published.
    """

    at: datetime
    packages: Packages
    givers: Givers
    phases: Mapping[int, Reach] = field(default_factory=dict)
    published: bool = False
    published_phase: int | None = None


def _at(month: int, day: int, hour: int = 23, minute: int = 59, second: int = 59) -> datetime:
    return datetime(2020, month, day, hour, minute, second, tzinfo=WIB)


START: Final = _at(4, 23)
"""The last moment before counting began."""

FIRST_RELEASE: Final = _at(5, 2)
FIRST_RELEASE_RW: Final = 118
FIRST_RELEASE_VILLAGES: Final = 69
FIRST_RELEASE_CITIES: Final = 5

HOLD_FROM: Final = _at(5, 12, 12, 0, 0)
HOLD_TO: Final = _at(5, 13)
HOLD_PHASE: Final = 3
"""Phase 3 was published as of 13 May and so stands still between the two moments."""

HORIZON: Final = _at(5, 22, 11, 0, 0)
"""The last event."""

MARKS: Final = (
    Mark(
        at=_at(4, 30),
        packages=Packages(29_450, 13_870, 4_920, 0),
        givers=Givers(12, 0, 5),
        phases={1: Reach(68, 22), 2: Reach(10, 0), 3: Reach(2, 0), 4: Reach(18, 0)},
    ),
    Mark(
        at=FIRST_RELEASE,
        packages=Packages(40_913, 20_447, 9_015, 0),
        givers=Givers(17, 0, 5),
        phases={2: Reach(66, 8), 3: Reach(8, 0), 4: Reach(32, 0)},
        published=True,
    ),
    Mark(
        at=_at(5, 6),
        packages=Packages(121_062, 41_714, 20_702, 310),
        givers=Givers(24, 1, 5),
        phases={2: Reach(168, 88), 3: Reach(20, 4), 4: Reach(56, 3)},
    ),
    Mark(
        at=_at(5, 7),
        packages=Packages(131_380, 51_250, 21_050, 380),
        givers=Givers(27, 2, 6),
        phases={2: Reach(180, 98), 3: Reach(25, 7), 4: Reach(57, 4)},
    ),
    Mark(
        at=_at(5, 8),
        packages=Packages(137_900, 58_210, 21_290, 430),
        givers=Givers(29, 2, 6),
        phases={3: Reach(33, 11), 4: Reach(58, 6)},
    ),
    Mark(
        at=_at(5, 9),
        packages=Packages(144_310, 64_380, 11_340, 460),
        givers=Givers(31, 3, 6),
        phases={3: Reach(40, 15), 4: Reach(58, 7)},
    ),
    Mark(
        at=HOLD_FROM,
        packages=Packages(161_780, 81_890, 12_094, 511),
        givers=Givers(35, 4, 6),
        phases={3: Reach(58, 27), 4: Reach(60, 11)},
        published=True,
        published_phase=3,
    ),
    Mark(
        at=HOLD_TO,
        packages=Packages(182_610, 84_860, 12_910, 511),
        givers=Givers(43, 5, 6),
        phases={3: Reach(58, 27), 4: Reach(67, 30)},
        published_phase=3,
    ),
    Mark(
        at=_at(5, 14),
        packages=Packages(231_150, 88_590, 14_080, 511),
        givers=Givers(52, 6, 6),
        phases={3: Reach(132, 74), 4: Reach(72, 43)},
    ),
    Mark(
        at=_at(5, 15, 12, 0, 0),
        packages=Packages(238_216, 90_802, 14_737, 511),
        givers=Givers(58, 6, 6),
        phases={4: Reach(76, 54)},
        published=True,
        published_phase=4,
    ),
    Mark(
        at=HORIZON,
        packages=Packages(297_270, 131_500, 29_591, 852),
        givers=Givers(95, 11, 6),
        phases={4: Reach(194, 131)},
        published=True,
        published_phase=4,
    ),
)


class Flow(NamedTuple):
    """How sembako and meals spread over the phases up to a moment: shares, and `main` the rest."""

    until: datetime
    main: int
    shares: Mapping[int, float]


FLOWS: Final = (
    Flow(_at(4, 27), main=1, shares={2: 0.04, 3: 0.01}),
    Flow(_at(4, 30), main=1, shares={2: 0.08, 3: 0.02, 4: 0.02}),
    Flow(_at(5, 2), main=2, shares={3: 0.12, 4: 0.05}),
    Flow(_at(5, 6), main=2, shares={3: 0.10, 4: 0.05}),
    Flow(_at(5, 7), main=2, shares={3: 0.30, 4: 0.12}),
    Flow(HOLD_FROM, main=3, shares={4: 0.30}),
    Flow(HOLD_TO, main=4, shares={3: 0.18}),
    Flow(_at(5, 14), main=3, shares={4: 0.10}),
    Flow(HORIZON, main=4, shares={}),
)
"""People give for the running week first and sometimes ahead; never for a week that is over."""
