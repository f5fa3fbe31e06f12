"""What the processes of the killing test are to commit: known beforehand, to the last package."""

from __future__ import annotations

from collections import Counter
from typing import Final

JOBS: Final = 1_000
NEEDS: Final = 200


def key_of(job: int) -> str:
    """Return the request key of a job, the same however often it is sent."""
    return f"kerja-{job}"


def lines_of(job: int) -> dict[int, int]:
    """Return what a job commits: quantity by the place of the need in the list of needs."""
    places = {job % NEEDS, job * 7 % NEEDS, (job * job + 3) % NEEDS}
    return {place: 1 + (job + place) % 3 for place in places}


def demand() -> Counter[int]:
    """Return what all jobs together commit to each need."""
    total: Counter[int] = Counter()
    for job in range(JOBS):
        total.update(lines_of(job))
    return total
