"""B11, the whole request: a proposal with reasons and three what-ifs, as page and as JSON."""

from __future__ import annotations

import json
import time
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.test import Client

from benchmarks.books import book_of
from benchmarks.results import MILLISECONDS, Case, Goal
from ksbb.programmes.models import AidType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.sizes import Size

SOON: Final = 300
"""Milliseconds in which 95 of 100 answers shall be there."""

# Packages, stops, least per stop; the third is hard: stops × least = packages.
SHAPES: Final = ((600, 5, 50), (600, 10, 50), (1000, 10, 100), (800, 8, 50))
NEAR: Final = (-6.15, 106.8)


def measure(size: Size) -> Iterator[Case]:
    """Yield medians and 95th percentiles at Jakarta's size."""
    targets = size.ends[0].targets
    book_of(size.ends[0])
    aid_type = AidType.objects.order_by("pk")[0].slug
    yield _case(f"B11: a proposal among {targets:,} places, the whole request", aid_type, size)


def _case(title: str, aid_type: str, size: Size) -> Case:
    case = Case(title=title, unit=MILLISECONDS)
    ways: dict[str, Callable[[int], object]] = {
        "page": partial(_page, aid_type),
        "JSON": partial(_json, aid_type),
    }
    for ask in ways.values():
        ask(0)
    calls = size.repeats * len(SHAPES)
    for _ in range(size.rounds):
        for name, ask in ways.items():
            waits, spent = zip(
                *(_timed(partial(ask, number)) for number in range(calls)), strict=True
            )
            case.rounds.setdefault(name, []).append(float(np.median(waits)))
            case.rounds.setdefault(f"{name}, p95", []).append(float(np.percentile(waits, 95)))
            # What this process worked for it; on SQLite that is all the work there is.
            worked = case.rounds.setdefault(f"{name}, p95 of processor time", [])
            worked.append(float(np.percentile(spent, 95)))
    case.goals = [Goal(f"{name}, p95", at_most=SOON) for name in ways]
    return case


def _page(aid_type: str, number: int) -> None:
    packages, stops, least = SHAPES[number % len(SHAPES)]
    lat, lon = NEAR
    response = Client(headers={"host": "localhost"}).get(
        f"/bantu/usulan/?bantuan={aid_type}&fase=4&jumlah={packages}&dekat={lat},{lon}"
        f"&jauh=5&tujuan={stops}&minimal={least}"
    )
    assert response.status_code == HTTPStatus.OK, response.status_code


def _json(aid_type: str, number: int) -> None:
    packages, stops, least = SHAPES[number % len(SHAPES)]
    offer: dict[str, Any] = {
        "aid_type": aid_type,
        "phase": 4,
        "packages": packages,
        "near": list(NEAR),
        "max_stops": stops,
        "min_per_stop": least,
    }
    response = Client(headers={"host": "localhost"}).post(
        "/api/v1/proposals", json.dumps(offer), content_type="application/json"
    )
    assert response.status_code == HTTPStatus.OK, response.status_code


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds it took, and those of this process's own work."""
    start, worked = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000
