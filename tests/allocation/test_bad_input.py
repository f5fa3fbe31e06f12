"""Whatever is handed over, the engine answers or says what to change; and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from ksbb.allocation.assign import assign
from ksbb.allocation.cells import Cells, cells
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.fill import fill
from ksbb.allocation.lots import public_lot
from ksbb.allocation.offers import offers
from ksbb.allocation.plan import Plan, plan
from ksbb.allocation.recommend import recommend
from ksbb.allocation.rotate import rotate

LOT = public_lot(np.arange(3), 1)
NEED, NONE = [5, 5, 5], [0, 0, 0]
HUGE = 10**30


def made(xy: Any = ((0, 0), (0, 1), (1, 1))) -> Cells:
    return cells(np.zeros((3, 1), int), xy, NONE, offers([5]))


def planned() -> Plan:
    return plan(NEED, NONE, made(), lot=LOT)


def asked(**terms: Any) -> object:
    usual = {"packages": 9, "max_stops": 2, "min_drop": 1, "within_km": 5.0}
    return recommend(NEED, NONE, [1.0, 2.0, 3.0], lot=LOT, **{**usual, **terms})


@pytest.mark.parametrize(
    ("call", "refusal"),
    [
        (lambda: fill(NEED, NONE, HUGE, lot=LOT), "too_large supply"),
        (lambda: fill(NEED, NONE, "many", lot=LOT), "not_finite supply"),  # type: ignore[arg-type]
        (lambda: fill(NEED, NONE, None, lot=LOT), "not_finite supply"),  # type: ignore[arg-type]
        (lambda: fill([5, HUGE, 5], NONE, 1, lot=LOT), r"not_whole need\[1\]"),
        (lambda: fill([5, None, 5], NONE, 1, lot=LOT), r"not_whole need\[1\]"),  # type: ignore[arg-type]
        (lambda: fill([5, [1], 5], NONE, 1, lot=LOT), "shape need"),  # type: ignore[arg-type]
        (lambda: asked(packages=HUGE), "too_large packages"),
        (lambda: asked(within_km=None), "not_finite within_km"),
        (lambda: asked(km_cost="far"), "not_finite km_cost"),
        (lambda: offers([1, 1], lists=[[1]]), "shape lists"),
        (lambda: made([[0, 0], [0, float("nan")], [1, 1]]), r"not_finite xy\[1\]"),
        (lambda: made([["a", "b"]] * 3), r"not_finite xy\[0\]"),
        (lambda: assign(planned(), np.array([[0, 0], [0, np.inf], [1, 1]])), r"not_finite xy\[1\]"),
        (lambda: assign(planned(), "abc"), "shape xy"),
        (lambda: rotate(planned(), NONE, min_drop=HUGE), "too_large min_drop"),
    ],
)
def test_what_is_no_number_is_refused_with_its_place(
    call: Callable[[], object], refusal: str
) -> None:
    with pytest.raises(CannotAllocate, match=refusal):
        call()


def test_places_that_may_get_nothing_leave_everything() -> None:
    found = fill(NEED, NONE, 7, lot=LOT, cap=NONE)

    assert (found.x.tolist(), found.left, found.level) == (NONE, 7, 0.0)
