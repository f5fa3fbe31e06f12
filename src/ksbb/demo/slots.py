"""The scenario cut into days and part-days, each with the figures that stand at its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ksbb.demo.marks import FLOWS, MARKS, START, Flow, Givers, Mark, Packages, Reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

ZERO = Mark(at=START, packages=Packages(0, 0, 0, 0), givers=Givers(0, 0, 0))
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A stretch of time, both ends included, and what the book shows when it is over."""

    start: datetime
    end: datetime
    packages: Packages
    givers: Givers
    phases: Mapping[int, Reach]
    flow: Flow


def make_slots(rng: Random) -> list[Slot]:
    """Return the slots from 24 April to the horizon, in order and without gaps."""
    return [
        slot for before, after in pairwise((ZERO, *MARKS)) for slot in _between(before, after, rng)
    ]


def _between(before: Mark, after: Mark, rng: Random) -> Iterator[Slot]:
    """Walk from one mark to the next, some days in longer strides than others."""
    ends = _ends(before.at, after.at)
    strides = [
        (end - start).total_seconds() * rng.uniform(0.7, 1.3)
        for start, end in pairwise([before.at, *ends])
    ]
    start = before.at
    for position, end in enumerate(ends, start=1):
        part = sum(strides[:position]) / sum(strides) if end < after.at else 1.0
        yield _slot(before, after, start, end, part)
        start = end


def _ends(start: datetime, end: datetime) -> list[datetime]:
    """Return the last second of each day after `start`, and `end`."""
    midnight = start.replace(hour=23, minute=59, second=59)
    if midnight == start:
        midnight += timedelta(days=1)
    days = []
    while midnight < end:
        days.append(midnight)
        midnight += timedelta(days=1)
    return [*days, end]


def _slot(before: Mark, after: Mark, start: datetime, end: datetime, part: float) -> Slot:
    return Slot(
        start=start + SECOND,
        end=end,
        packages=Packages(*_mix(before.packages, after.packages, part)),
        givers=Givers(*_mix(before.givers, after.givers, part)),
        phases={
            phase: Reach(*_mix(before.phases.get(phase, Reach(0, 0)), reach, part))
            for phase, reach in after.phases.items()
        },
        flow=next(flow for flow in FLOWS if end <= flow.until),
    )


def _mix(before: tuple[int, ...], after: tuple[int, ...], part: float) -> list[int]:
    return [old + round((new - old) * part) for old, new in zip(before, after, strict=True)]
