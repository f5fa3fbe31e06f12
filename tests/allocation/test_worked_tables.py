"""The tables of docs/algorithms/allocation.md, reckoned again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ksbb.allocation.cells import cells
from ksbb.allocation.fill import fill
from ksbb.allocation.lots import public_lot
from ksbb.allocation.metrics import metrics
from ksbb.allocation.money import fill_money
from ksbb.allocation.offers import offers
from ksbb.allocation.plan import Plan, plan
from ksbb.allocation.recommend import recommend
from ksbb.allocation.rotate import rotate

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "allocation.md"

Column = list[float]


def tables() -> list[dict[str, list[str]]]:
    """Return the page's tables by the heads of their columns."""
    blocks = [block for block in PAGE.read_text().split("\n\n") if block.startswith("|")]
    return [_columns(block) for block in blocks]


def _columns(block: str) -> dict[str, list[str]]:
    head, _, *rows = (
        [cell.strip() for cell in line.split("|")[1:-1]] for line in block.split("\n")
    )
    return dict(zip(head, map(list, zip(*rows, strict=True)), strict=True))


def numbers(column: list[str]) -> Column:
    return [float(cell.replace(",", "").replace(" %", "")) for cell in column]


def percent(part: object, whole: object) -> list[str]:
    return [f"{value:.1f} %" for value in 100 * np.asarray(part) / np.asarray(whole)]


def lots(count: int) -> np.ndarray:
    return public_lot(np.arange(1, count + 1), 20200503)


FILL, WEIGHTED, MONEY, STOPS, WISHES, VISITS, FIGURES, _MEASURED = tables()


def test_the_water_level() -> None:
    need, promised = numbers(FILL["families"]), numbers(FILL["promised"])

    found = fill(need, promised, 150, lot=lots(4))

    assert found.x.tolist() == numbers(FILL["gets"])
    assert percent(promised, need) == FILL["covered before"]
    assert percent(promised + found.x, need) == FILL["covered after"]
    assert (fill(need, promised, 151, lot=lots(4)).x - found.x).tolist() == [0, 1, 0, 0]


def test_a_weight() -> None:
    need, promised = numbers(WEIGHTED["families"]), numbers(WEIGHTED["promised"])
    weight = [1000 * value for value in numbers(WEIGHTED["weight"])]

    found = fill(need, promised, 150, lot=lots(4), weight_milli=weight)

    assert found.x.tolist() == numbers(WEIGHTED["gets"])
    assert percent(promised + found.x, need) == WEIGHTED["covered after"]


def test_a_budget() -> None:
    need, promised = numbers(MONEY["families"]), numbers(MONEY["promised"])
    price = numbers(MONEY["price"])

    found = fill_money(need, promised, price, 20_000_000, lot=lots(4))

    assert found.x.tolist() == numbers(MONEY["gets"])
    assert (found.x * price).tolist() == numbers(MONEY["costs"])
    assert percent(promised + found.x, need) == MONEY["covered after"]


def test_two_stops() -> None:
    need, promised = numbers(STOPS["families"]), numbers(STOPS["promised"])
    km = numbers(STOPS["km"])
    terms = {"packages": 300, "min_drop": 50, "within_km": 2}

    found = recommend(need, promised, km, lot=lots(5), max_stops=2, **terms)

    assert found.proven
    assert found.x.tolist() == numbers(STOPS["gets"])
    assert percent(promised, need) == STOPS["covered before"]
    assert percent(promised + found.x, need) == STOPS["covered after"]
    third = recommend(need, promised, km, lot=lots(5), max_stops=3, **terms)
    assert third.stops.tolist() == [0, 3, 4]


def planned(supply: list[int], level: list[int]) -> Plan:
    """Plan four RW of 100 families, two in each of two kelurahan."""
    kelurahan = np.array([[0], [0], [1], [1]])
    table = offers(supply, level=level, area=[0] * len(supply))
    four = cells(kelurahan, np.zeros((4, 2)), np.zeros(4, int), table)
    return plan([100] * 4, [0] * 4, four, lot=lots(4))


def test_offers_with_a_wish() -> None:
    found = planned([160, 50], [0, -1])

    assert found.x.tolist() == numbers(WISHES["gets"])
    assert (found.piece + 1).tolist() == numbers(WISHES["piece"])
    level = found.piece_level[found.piece]
    assert percent(level, 1) == WISHES["level of the piece"]
    assert sorted(planned([210], [-1]).x.tolist()) == [52, 52, 53, 53]


def test_two_weeks_of_visits() -> None:
    found = planned([160], [-1])

    first = rotate(found, [0] * 4, min_share_milli=500, min_drop=25).x
    second = rotate(found, first, min_share_milli=500, min_drop=25).x

    assert found.x.tolist() == numbers(VISITS["fair each week"])
    assert first.tolist() == numbers(VISITS["week 1"])
    assert second.tolist() == numbers(VISITS["week 2"])
    assert (first + second).tolist() == numbers(VISITS["both weeks"])


@pytest.mark.parametrize(
    ("column", "served"), [("plan", [80, 80, 25, 25]), ("as it was", [100, 60, 50, 0])]
)
def test_the_figures(column: str, served: list[int]) -> None:
    fair = [80, 80, 25, 25] if column == "as it was" else None

    found = metrics([100] * 4, served, fair)

    assert FIGURES[column] == [
        f"{100 * found.least:.1f} %",
        f"{100 * found.p10:.1f} %",
        f"{found.gini:.3f}",
        str(found.never_served),
        str(found.fully_met),
        str(found.unmet),
        "" if found.stacking is None else f"{100 * found.stacking:.1f} %",
    ]
