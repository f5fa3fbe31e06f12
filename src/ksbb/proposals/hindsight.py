"""What was given, beside what a fair plan would have done with the same packages."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from ksbb.allocation.arrays import Floats, Ints, Lots
from ksbb.allocation.fill import fill
from ksbb.allocation.lots import named_lot
from ksbb.allocation.metrics import Metrics, metrics
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need
from ksbb.programmes.models import AidType, Programme
from ksbb.shared.codes import LENGTHS

MOST_ROWS: Final = 100_000
"""So many needs are reckoned while somebody waits for the page."""


class Way(NamedTuple):
    """One way of sharing out: places, packages, figures.

    `curve` holds the coverage (1.0 is all) at each hundredth of the families, the least first.
    """

    reached: int
    placed: int
    figures: Metrics
    curve: Floats


class Hindsight(NamedTuple):
    """The same packages as they were committed, planned within each city, planned without limits.

    Each plan shares out phase by phase what was committed in that phase.
    """

    places: int
    needed: int
    happened: Way
    within_cities: Way
    free: Way
    seed: int


class _Book(NamedTuple):
    """Needed and committed packages, int64[places, phases], places in the order of their codes."""

    codes: list[str]
    need: Ints
    given: Ints


def hindsight(programme: Programme, aid_type: AidType) -> Hindsight | None:
    """Return the comparison for one kind of aid over all phases, as of now.

    None while nothing is committed, and where there are more than MOST_ROWS needs.
    """
    book = _read(programme, aid_type)
    if book is None or not book.given.any():
        return None
    seed = int(programme.starts_on.strftime("%Y%m%d"))
    lot = named_lot((f"{code}/{aid_type.slug}" for code in book.codes), seed)
    cities = np.unique([code[: LENGTHS["REGENCY"]] for code in book.codes], return_inverse=True)[1]
    free = _planned(book, np.zeros(len(book.codes), np.int64), lot)
    inside = _planned(book, cities, lot)
    need = book.need.sum(axis=1)
    return Hindsight(
        places=len(need),
        needed=int(need.sum()),
        happened=_way(need, book.given.sum(axis=1), free),
        within_cities=_way(need, inside, free),
        free=_way(need, free, free),
        seed=seed,
    )


def _read(programme: Programme, aid_type: AidType) -> _Book | None:
    needs = Need.objects.filter(
        phase__programme=programme,
        aid_type=aid_type,
        quantity__gt=0,
        target__verification=Verification.VERIFIED,
    ).order_by()
    rows = list(
        needs.values_list("target__code", "phase__number", "quantity", "committed")[: MOST_ROWS + 1]
    )
    if len(rows) > MOST_ROWS:
        return None
    codes = sorted({row[0] for row in rows})
    phases = sorted({row[1] for row in rows})
    place = {code: at for at, code in enumerate(codes)}
    need = np.zeros((len(codes), len(phases)), np.int64)
    given = np.zeros_like(need)
    for code, phase, quantity, committed in rows:
        need[place[code], phases.index(phase)] = quantity
        given[place[code], phases.index(phase)] = committed
    return _Book(codes, need, given)


def _planned(book: _Book, group: Ints, lot: Lots) -> Ints:
    """Return what each place gets in all, where the packages of a group of places stay in it.

    In each phase whoever has least of all that was needed so far comes next, and nobody gets more
    than the phase needs.
    """
    served = np.zeros(len(book.codes), np.int64)
    so_far = np.zeros_like(served)
    for phase in range(book.need.shape[1]):
        so_far += book.need[:, phase]
        for one in range(int(group.max()) + 1):
            supply = int(book.given[group == one, phase].sum())
            rows = np.flatnonzero((group == one) & (so_far > 0))
            if supply:
                shared = fill(
                    so_far[rows],
                    served[rows],
                    supply,
                    lot=lot[rows],
                    cap=book.need[rows, phase],
                )
                served[rows] += shared.x
    return served


def _way(need: Ints, served: Ints, plan: Ints) -> Way:
    order = np.lexsort((need, served / need))
    reached = np.cumsum(need[order])
    hundredths = np.searchsorted(reached * 100, np.arange(101) * reached[-1])
    return Way(
        reached=int((served > 0).sum()),
        placed=int(served.sum()),
        figures=metrics(need, served, plan),
        curve=(served / need)[order][hundredths],
    )
