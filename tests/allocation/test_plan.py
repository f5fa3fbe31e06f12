from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from ksbb.allocation import flow
from ksbb.allocation.arrays import Ints
from ksbb.allocation.audit import Audit
from ksbb.allocation.audit_plan import audit_plan
from ksbb.allocation.cells import Cells, cells
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.fill import fill
from ksbb.allocation.lots import public_lot
from ksbb.allocation.offers import Offers, offers
from ksbb.allocation.plan import Plan, plan
from ksbb.allocation.shipments import Shipments
from ksbb.allocation.tree import tree_fill
from tests.allocation.cities import (
    City,
    by_matroid,
    can_be_brought,
    cities,
    lots,
    per_cell,
)
from tests.allocation.flows import flow_by_highs
from tests.allocation.oracles import Pool, coverages, pools


def audited(city: City, found: Plan) -> Audit:
    pool = city.pool
    return audit_plan(
        pool.need,
        pool.committed,
        city.cells(),
        found.x,
        found.flow,
        lot=pool.lot,
        weight_milli=pool.weight,
        cap=pool.cap,
    )


@settings(max_examples=200)
@given(cities())
def test_a_plan_is_what_greed_over_all_packages_comes_to(city: City) -> None:
    assert city.plan().x.tolist() == by_matroid(city)


@settings(max_examples=60)
@given(cities())
def test_shipments_keep_to_wishes_and_stocks_and_bring_all_that_is_planned(city: City) -> None:
    found = city.plan()

    ships = list(zip(found.flow.offer.tolist(), found.flow.cell.tolist(), strict=True))
    rows = {cell: int((found.cells.cell == cell).argmax()) for _, cell in ships}
    assert all(city.may(offer, rows[cell]) for offer, cell in ships)
    given_ = np.bincount(found.flow.offer, found.flow.quantity, len(city.offers))
    assert (given_ + found.left).tolist() == city.offers.packages.tolist()
    brought = np.bincount(found.flow.cell, found.flow.quantity, found.cells.count)
    assert brought.tolist() == per_cell(found.cells, found.x).tolist()


@settings(max_examples=60)
@given(cities())
def test_rows_of_a_cell_have_the_same_offers(city: City) -> None:
    cell = city.cells().cell

    mine = [[city.may(offer, row) for offer in range(len(city.offers))] for row in range(len(cell))]
    same = [(cell[a] == cell[b], mine[a] == mine[b]) for a in range(len(cell)) for b in range(a)]
    assert all(together == alike for together, alike in same)


@settings(max_examples=60)
@given(cities())
def test_the_audit_passes_every_plan(city: City) -> None:
    assert audited(city, city.plan()) == Audit(feasible=True, wasteless=True, fair=True, worst=None)


@settings(max_examples=60)
@given(cities(), st.data())
def test_the_audit_rejects_a_package_moved_within_the_wishes(
    city: City, data: st.DataObject
) -> None:
    found = city.plan()
    moves = [
        (nth, giver, taker)
        for nth, (offer, cell) in enumerate(
            zip(found.flow.offer.tolist(), found.flow.cell.tolist(), strict=True)
        )
        for giver in np.flatnonzero((found.cells.cell == cell) & (found.x > 0)).tolist()
        for taker in range(len(found.x))
        if taker != giver and city.may(offer, taker) and found.x[taker] < city.pool.gap[taker]
    ]
    assume(moves)
    nth, giver, taker = data.draw(st.sampled_from(moves))

    verdict = audited(city, moved(found, nth, giver, taker))

    assert (verdict.feasible, verdict.fair) == (True, False)


def moved(found: Plan, nth: int, giver: int, taker: int) -> Plan:
    x = found.x.copy()
    x[giver] -= 1
    x[taker] += 1
    ships = [*zip(*(column.tolist() for column in found.flow), strict=True)]
    offer, cell, quantity = ships.pop(nth)
    ships += [(offer, cell, quantity - 1), (offer, int(found.cells.cell[taker]), 1)]
    table = np.array([ship for ship in ships if ship[2]], np.int64)
    return replace(found, x=x, flow=Shipments(table[:, 0], table[:, 1], table[:, 2]))


@settings(max_examples=60)
@given(cities())
def test_the_audit_notices_a_package_left_lying(city: City) -> None:
    found = city.plan()
    assume(found.x.any())
    less = Shipments(found.flow.offer, found.flow.cell, found.flow.quantity.copy())
    less.quantity[0] -= 1
    row = int(((found.cells.cell == less.cell[0]) & (found.x > 0)).argmax())
    x = found.x.copy()
    x[row] -= 1
    keep = less.quantity > 0
    kept = Shipments(*(column[keep] for column in less))

    assert not audited(city, replace(found, x=x, flow=kept)).wasteless


@settings(max_examples=60)
@given(cities(), st.data())
def test_a_new_offer_takes_from_nobody(city: City, data: st.DataObject) -> None:
    offer = data.draw(st.integers(0, len(city.offers) - 1))
    packages = city.offers.packages.copy()
    packages[offer] = 0
    before = replace(city, offers=replace(city.offers, packages=packages))

    assert (city.plan().x >= before.plan().x).all()


@settings(max_examples=60)
@given(cities(), st.data())
def test_a_promise_to_one_place_never_hurts_the_others(city: City, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(city.week) - 1))
    after = replace(city, pool=city.pool.with_promise(place))

    others = np.arange(len(city.week)) != place
    assert (after.plan().x >= city.plan().x)[others].all()


@settings(max_examples=60)
@given(cities(), st.data())
def test_a_larger_need_never_takes_from_its_own_place(city: City, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(city.week) - 1))
    more = city.pool.need[place] + data.draw(st.integers(1, 9))
    after = replace(city, pool=city.pool.with_need(place, more))

    assert after.plan().x[place] >= city.plan().x[place]


@settings(max_examples=60)
@given(cities(), st.data())
def test_places_alike_with_the_same_offers_differ_by_one_package_at_most(
    city: City, data: st.DataObject
) -> None:
    need, has, cap = (data.draw(st.integers(low, 7)) for low in (1, 0, 0))
    count = len(city.week)
    alike = Pool([need] * count, [has] * count, [1000] * count, [cap] * count, 1, city.pool.seed)

    found = replace(city, pool=alike).plan()

    for cell in range(found.cells.count):
        together = found.x[found.cells.cell == cell]
        assert together.max() - together.min() <= 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])
@given(cities())
def test_no_other_plan_serves_the_worst_off_families_better(city: City) -> None:
    ways = prod(gap + 1 for gap in city.pool.gap)
    assume(ways <= 3000)
    found = city.plan().x.tolist()

    carried_out = [
        way
        for way in product(*(range(gap + 1) for gap in city.pool.gap))
        if sum(way) == sum(found) and can_be_brought(city, way)
    ]

    assert max(coverages(city.pool, way) for way in carried_out) == coverages(city.pool, found)


@settings(max_examples=40)
@given(cities())
def test_another_solver_of_flows_comes_to_the_same_plan(city: City) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(flow, "maximum_flow", flow_by_highs)
        theirs = city.plan()

    assert theirs.x.tolist() == city.plan().x.tolist()
    assert audited(city, theirs).passed


@settings(max_examples=60)
@given(cities(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_offers_does_not_matter(city: City, chance: object) -> None:
    rows, columns = list(range(len(city.week))), list(range(len(city.offers)))
    chance.shuffle(rows)  # type: ignore[attr-defined]
    chance.shuffle(columns)  # type: ignore[attr-defined]
    table = city.offers
    pool = city.pool
    shuffled = cells(
        np.array(city.area)[rows],
        np.array(city.xy)[rows],
        np.array(city.week)[rows],
        taken(table, columns),
        place=np.array(city.place)[rows],
    )

    again = plan(
        np.array(pool.need)[rows],
        np.array(pool.committed)[rows],
        shuffled,
        lot=pool.lot[rows],
        weight_milli=np.array(pool.weight)[rows],
        cap=np.array(pool.cap)[rows],
    )

    assert again.x.tolist() == city.plan().x[rows].tolist()


def taken(table: Offers, some: list[int]) -> Offers:
    return offers(
        table.packages[some],
        kind=table.kind[some],
        level=table.level[some],
        area=table.area[some],
        x=table.x[some],
        y=table.y[some],
        km=table.km[some],
        lists=[table.listed[table.start[at] : table.start[at + 1]] for at in some],
        week_from=table.week_from[some],
        week_to=table.week_to[some],
    )


@settings(max_examples=60)
@given(pools())
def test_one_offer_to_everybody_is_one_pool(pool: Pool) -> None:
    count = len(pool.need)
    everybody = cells(
        np.zeros((count, 1), int), np.zeros((count, 2)), np.zeros(count, int), offers([pool.supply])
    )

    found = plan(
        pool.need,
        pool.committed,
        everybody,
        lot=pool.lot,
        weight_milli=pool.weight,
        cap=pool.cap,
    )

    one = fill(
        pool.need,
        pool.committed,
        pool.supply,
        lot=pool.lot,
        weight_milli=pool.weight,
        cap=pool.cap,
    )
    assert found.x.tolist() == one.x.tolist()


@settings(max_examples=60)
@given(pools(), st.lists(st.integers(0, 20), min_size=4, max_size=4))
def test_offers_to_nested_areas_are_a_tree(pool: Pool, supply: list[int]) -> None:
    count = len(pool.need)
    third = np.minimum(np.arange(count) * 3 // count, 2)
    low = [int((third == area).argmax()) for area in range(3)]
    some = [area for area in range(3) if (third == area).any()]
    nodes = [(0, count), *((low[area], low[area] + int((third == area).sum())) for area in some)]
    stock = [supply[3], *(supply[area] for area in some)]
    table = offers(stock, level=[-1] + [0] * len(some), area=[0, *some])
    kept = {"lot": pool.lot, "weight_milli": pool.weight, "cap": pool.cap}

    nested = cells(third[:, None], np.zeros((count, 2)), np.zeros(count, int), table)
    found = plan(pool.need, pool.committed, nested, **kept)  # type: ignore[arg-type]

    tree = tree_fill(
        pool.need,
        pool.committed,
        [node[0] for node in nodes],
        [node[1] for node in nodes],
        [0] + [1] * len(some),
        stock,
        **kept,  # type: ignore[arg-type]
    )
    assert found.x.tolist() == tree.x.tolist()
    assert found.left.sum() == tree.left.sum()


def test_a_middle_arc_as_narrow_as_its_cell_would_hide_the_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest = flow._graph  # noqa: SLF001

    def narrow(network: flow.Network, supply: Ints, capacity: Ints, *, middle: int) -> csr_array:
        graph = honest(network, supply, capacity, middle=middle).tolil()
        first = network.offers + network.hubs
        for tail, head in zip(*network.arcs, strict=True):
            if head >= first:
                graph[tail, head] = capacity[head - first]
        return graph.tocsr()

    table = offers([9, 1], level=[0, -1], area=[0, 0])
    two = cells(np.array([[0], [1]]), np.zeros((2, 2)), [0, 0], table)
    assert plan([8, 8], [0, 0], two, lot=lots(2)).x.tolist() == [8, 1]

    monkeypatch.setattr(flow, "_graph", narrow)
    assert not settles_right(two)


def settles_right(two: Cells) -> bool:
    """Tell whether a plan is found, and is the right one."""
    try:
        found = plan([8, 8], [0, 0], two, lot=lots(2))
    except ArithmeticError:
        return False
    return bool((found.x == [8, 1]).all())


def test_pieces_are_told_with_their_levels() -> None:
    table = offers([10, 90], level=[0, 0], area=[0, 1])
    two = cells(np.array([[0], [1]]), np.zeros((2, 2)), [0, 0], table)

    found = plan([100, 100], [0, 0], two, lot=lots(2), seed=3)

    assert found.x.tolist() == [10, 90]
    assert found.piece.tolist() == [0, 1]
    assert found.piece_level.tolist() == [0.10, 0.90]
    assert found.left.tolist() == [0, 0]
    assert found.seed == 3
    assert len(found.digest) == 64


@pytest.mark.parametrize(
    ("columns", "code", "field", "row"),
    [
        ({"packages": [1, -1]}, "too_small", "packages", 1),
        ({"packages": [2**30, 2**30]}, "overflow", "packages", None),
        ({"kind": [0, 3]}, "unknown_kind", "kind", 1),
        ({"km": [0.0, float("nan")]}, "not_finite", "km", 1),
        ({"week_from": [0, 1], "week_to": [0, 0]}, "too_small", "week_to", 1),
        ({"level": [0, -2]}, "too_small", "level", 1),
    ],
)
def test_offers_that_make_no_sense_are_refused(
    columns: dict[str, object], code: str, field: str, row: int | None
) -> None:
    with pytest.raises(CannotAllocate) as refusal:
        offers(**{"packages": [1, 1], **columns})  # type: ignore[arg-type]

    assert (refusal.value.code, refusal.value.field, refusal.value.row) == (code, field, row)


def test_an_offer_to_a_level_that_is_not_there_is_refused() -> None:
    with pytest.raises(CannotAllocate, match=r"unknown_area level\[0\]"):
        cells(np.zeros((1, 2), int), np.zeros((1, 2)), [0], offers([1], level=[2]))


def test_a_place_without_a_point_is_refused() -> None:
    with pytest.raises(CannotAllocate, match=r"not_finite xy\[1\]"):
        cells(np.zeros((2, 1), int), np.array([[0, 0], [np.nan, 0]]), [0, 0], offers([1]))


def test_offers_that_reach_nobody_are_left_whole() -> None:
    nobody = cells(
        np.zeros((2, 1), int), np.zeros((2, 2)), [0, 0], offers([7], level=[0], area=[5])
    )

    found = plan([5, 5], [0, 0], nobody, lot=public_lot([1, 2], 1))

    assert found.x.tolist() == [0, 0]
    assert found.left.tolist() == [7]
