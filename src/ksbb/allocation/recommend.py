"""One giver's few stops: the best choice, with a bound that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import Floats, Ints
from ksbb.allocation.ask import Ask, ask
from ksbb.allocation.bound import Bound, bound
from ksbb.allocation.digest import digest
from ksbb.allocation.exact import Core, exact, work
from ksbb.allocation.gain import Gains, best_at, gain, gains
from ksbb.allocation.split import split

_TOLERANCE: Final = 1e-9
MOST_WORK: Final = 2_000_000_000
"""Steps of the exact program, about a thousand million a second."""
_BORDER: Final = 4
_REVISION: Final = 2
"""Counts up where of several choices worth the same another one may be made; other verbs stay."""


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """``x`` packages per row; ``stops`` the rows served, ascending.

    No choice is worth more than ``bound``; ``proven`` says that ``value`` is that much (to 10^-9 of
    it). ``runner_up`` is the best row that was left out (−1: none). ``binding`` names what a better
    offer would have to loosen: stops, packages, min_drop, need, area.
    """

    x: Ints
    stops: Ints
    value: float
    bound: float
    proven: bool
    runner_up: int
    binding: tuple[str, ...]
    ask: Ask

    @cached_property
    def digest(self) -> str:
        """Return the name of the input, as `Fill.digest`."""
        asked, rows = self.ask, self.ask.places
        return digest(
            "recommend",
            revision=_REVISION,
            need=rows.need,
            committed=rows.committed,
            gap=rows.gap,
            weighted=rows.weighted,
            lot=rows.lot,
            km=asked.km,
            packages=asked.packages,
            max_stops=asked.max_stops,
            min_drop=asked.min_drop,
            within_km=asked.within_km,
            km_cost=asked.km_cost,
            seed=asked.seed,
        )


def recommend(
    need: ArrayLike,
    committed: ArrayLike,
    km: ArrayLike,
    *,
    lot: ArrayLike,
    packages: int,
    max_stops: int,
    min_drop: int = 1,
    within_km: float = np.inf,
    km_cost: float = 0.3,
    weight_milli: ArrayLike | None = None,
    cap: ArrayLike | None = None,
    seed: int | None = None,
    most_work: int = MOST_WORK,
) -> Recommendation:
    """Choose at most ``max_stops`` places within ``within_km`` and split ``packages`` among them.

    Columns as in `fill`, and ``km`` float[N] ≥ 0, the giver's way to each place. A stop gets at
    least ``min_drop``, or all it misses if that is less. What is maximised is `gain` less
    ``km_cost`` package-equivalents a kilometre: with few stops the worst-off of a city stay where
    they are whatever a giver does, so the minimum of `fill` would say nothing.

    A Lagrangian bound closes most cases; stops and amounts that could still be better are few then,
    and an exact dynamic program decides among them. O(60 N) and, where needed, O(core × stops ×
    packages × amounts in question), skipped above ``most_work``: then ``proven`` is False.
    ``value`` never falls as packages, stops or reach grow; single places may get less.

    Raises CannotAllocate: no_packages, more_stops_than_packages, minimum_impossible (more than
    there is), none_in_reach, all_full, and what `fill` refuses.
    """
    return answer(
        ask(
            need,
            committed,
            km,
            lot=lot,
            packages=packages,
            max_stops=max_stops,
            min_drop=min_drop,
            within_km=within_km,
            km_cost=km_cost,
            weight_milli=weight_milli,
            cap=cap,
            seed=seed,
            most_work=most_work,
        )
    )


def answer(asked: Ask) -> Recommendation:
    """Answer a question that is checked already. Raises CannotAllocate as `recommend`."""
    rows = asked.reached()
    stops = gains(asked, rows)
    limit = bound(stops, asked.packages, min(asked.max_stops, len(rows)))
    x, value = _tried(stops, asked, limit)
    proven = limit.value - value <= _tolerance(limit.value)
    top = limit.value
    if not proven:
        x, value, proven = _decided(stops, asked, limit, x, value)
        top = value if proven else limit.value
    amounts = np.zeros(len(asked.km), np.int64)
    amounts[rows] = x
    left_out = _runner_up(stops, limit, x)
    return Recommendation(
        x=amounts,
        stops=np.flatnonzero(amounts),
        value=value,
        bound=max(top, value),
        proven=proven,
        runner_up=-1 if left_out < 0 else int(rows[left_out]),
        binding=_binding(asked, stops, x, left_out),
        ask=asked,
    )


def _tried(stops: Gains, asked: Ask, limit: Bound) -> tuple[Floats, float]:
    """Return the best of some likely choices: around the price, shorter, and swapped."""
    choices = _choices(stops, asked.max_stops, limit)
    amounts, worth = split(stops, choices, asked.packages)
    best = int(worth.argmax())
    x = np.zeros(len(stops.need))
    if worth[best] <= 0:
        return x, 0.0
    chosen = choices[best] >= 0
    x[choices[best][chosen]] = amounts[best][chosen]
    return x, float(worth[best])


def _choices(stops: Gains, max_stops: int, limit: Bound) -> Ints:
    """Return int[S, K] choices of stops, −1 where a row is shorter."""
    count = min(max_stops, len(stops.need))
    found = []
    for price in sorted({limit.low, limit.price, limit.high}):
        order = _by_net(best_at(stops, price)[1])[: count + _BORDER]
        found += [order[:size] for size in _sizes(count)]
        for out in range(max(count - _BORDER, 0), count):
            kept = np.delete(order[:count], out)
            found += [np.append(kept, other) for other in order[count:]]
    table = np.full((len(found), count), -1)
    for row, choice in zip(table, found, strict=True):
        row[: len(choice)] = choice
    return table


def _sizes(count: int) -> list[int]:
    """Return all sizes of a short choice, some of a long one."""
    few = 16
    return sorted({*range(max(1, count - few), count + 1), *range(1, count + 1, count // few + 1)})


def _by_net(net: Floats) -> Ints:
    return np.argsort(-net, kind="stable")


def _decided(
    stops: Gains, asked: Ask, limit: Bound, x: Floats, value: float
) -> tuple[Floats, float, bool]:
    """Return the exact optimum if it can be had, and whether it is."""
    core = _core(stops, asked, limit, value)
    room = max(asked.max_stops, core.sure)
    if work(core, asked.packages, room) > asked.most_work:
        return x, value, False
    amounts, worth = exact(stops, core, asked.packages, room)
    if worth <= value + _tolerance(value) * 1e-3:
        return x, value, True
    better = np.zeros(len(x))
    better[core.stop] = amounts
    return better, float(gain(stops, better)[better > 0].sum()), True


def _core(stops: Gains, asked: Ask, limit: Bound, value: float) -> Core:
    """Return the stops and amounts that could still be in an optimum, by their reduced gains.

    At the price of the bound a stop left out costs at least its net gain less the next one's, a
    stop put in costs at least the last one's less its own, an amount other than the best costs the
    difference. What costs more than the bound lies above the value in hand is out of the question.
    """
    best, net = best_at(stops, limit.price)
    order = _by_net(net)
    ranked = np.append(np.maximum(net[order], 0.0), 0.0)
    count = min(asked.max_stops, len(net))
    last, after = ranked[count - 1], ranked[count]
    open_ = limit.value - value + _tolerance(limit.value)
    in_question = np.flatnonzero(net >= last - open_)
    inside = np.zeros(len(net), bool)
    inside[order[:count]] = True
    sure = inside & (net - after > open_)
    in_question = np.concatenate([np.flatnonzero(sure), in_question[~sure[in_question]]])
    spare = open_ - np.where(net[in_question] >= last, 0.0, last - net[in_question])
    low, high = _amounts(stops.at(in_question), limit.price, best[in_question], spare)
    return Core(in_question, low, high, int(sure.sum()))


def _amounts(stops: Gains, price: float, best: Floats, spare: Floats) -> tuple[Ints, Ints]:
    """Return the least and the most packages whose net gain is within ``spare`` of the best."""
    peak = stops.need * (1.0 - price / stops.weight) - stops.committed
    # The net gain falls off from its peak by weight × distance² / (2 need).
    reach = np.sqrt((best - peak) ** 2 + 2.0 * stops.need * np.maximum(spare, 0.0) / stops.weight)
    low = np.maximum(stops.least, np.ceil(peak - reach - 1e-6))
    high = np.minimum(stops.most, np.floor(peak + reach + 1e-6))
    return np.minimum(low, best).astype(np.int64), np.maximum(high, best).astype(np.int64)


def _runner_up(stops: Gains, limit: Bound, x: Floats) -> int:
    net = np.where(x > 0, -np.inf, best_at(stops, limit.price)[1])
    best = int(net.argmax())
    return best if np.isfinite(net[best]) else -1


def _binding(asked: Ask, stops: Gains, x: Floats, left_out: int) -> tuple[str, ...]:
    served = x > 0
    raised = served & (x == stops.least) & (stops.least < stops.most)
    outside = (asked.km > asked.within_km) & (asked.places.gap > 0)
    found = {
        "stops": left_out >= 0 and int(served.sum()) == asked.max_stops,
        "packages": int(x.sum()) == asked.packages,
        "min_drop": asked.min_drop > 1 and bool(raised.any()),
        "need": bool((x[served] == stops.most[served]).any()),
        "area": bool(outside.any()),
    }
    return tuple(name for name, holds in found.items() if holds)


def _tolerance(value: float) -> float:
    return _TOLERANCE * max(1.0, abs(value))
