"""B11, the whole request: a proposal with reasons and three what-ifs, as page and as JSON."""

from __future__ import annotations

import json
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

import numpy as np
from django.test import Client

from benchmarks.books import book_of, timed
from benchmarks.results import MILLISECONDS, Case, Goal
from ksbb.programmes.models import AidType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.sizes import Size

SOON: Final = 300
"""Milliseconds in which 95 of 100 answers shall be there."""

SHAPES: Final = (
    (600, 5, 50),
    (600, 10, 50),
    (1_000, 10, 100),
    (800, 8, 50),
    (5_000, 200, 25),
)
"""Packages, stops, least per stop. The third and the last are hard: stops × least = packages."""
WHERE: Final = {"near a point": (-6.15, 106.8), "in one city": "31.01", "anywhere": None}


class Terms(NamedTuple):
    """One question; `where` is a point, the code of a region, or nothing."""

    packages: int
    stops: int
    least: int
    where: tuple[float, float] | str | None


def measure(size: Size) -> Iterator[Case]:
    """Yield medians and 95th percentiles at Jakarta's size, for each kind of question."""
    targets = size.ends[0].targets
    book_of(size.ends[0])
    aid_type = AidType.objects.order_by("pk")[0].slug
    for name, ask in (("page", _page), ("JSON", _json)):
        title = f"B11: a proposal among {targets:,} places, the whole request, as {name}"
        yield _case(title, partial(ask, aid_type), size)


def _case(title: str, ask: Callable[[Terms], object], size: Size) -> Case:
    case = Case(title=title, unit=MILLISECONDS)
    questions = {
        f"{packages:,} packages, {stops} stops of at least {least}, {name}": Terms(
            packages, stops, least, where
        )
        for packages, stops, least in SHAPES
        for name, where in WHERE.items()
    }
    for terms in questions.values():
        ask(terms)
    for _ in range(size.rounds):
        for name, terms in questions.items():
            waits = [timed(partial(ask, terms)) for _ in range(size.repeats)]
            case.rounds.setdefault(name, []).append(float(np.median(waits)))
            case.p95_ms.setdefault(name, []).append(float(np.percentile(waits, 95)))
    case.goals = [Goal(name, at_most=SOON) for name in questions]
    return case


def _page(aid_type: str, terms: Terms) -> None:
    query = {
        "bantuan": aid_type,
        "fase": 4,
        "jumlah": terms.packages,
        "tujuan": terms.stops,
        "minimal": terms.least,
        "jauh": 5,
    }
    if isinstance(terms.where, str):
        query["wilayah"] = terms.where
    elif terms.where:
        query["dekat"] = "{},{}".format(*terms.where)
    response = Client(headers={"host": "localhost"}).get(f"/bantu/usulan/?{urlencode(query)}")
    assert response.status_code == HTTPStatus.OK, response.status_code


def _json(aid_type: str, terms: Terms) -> None:
    offer: dict[str, Any] = {
        "aid_type": aid_type,
        "phase": 4,
        "packages": terms.packages,
        "max_stops": terms.stops,
        "min_per_stop": terms.least,
    }
    if isinstance(terms.where, str):
        offer["region"] = terms.where
    elif terms.where:
        offer["near"] = list(terms.where)
    response = Client(headers={"host": "localhost"}).post(
        "/api/v1/proposals", json.dumps(offer), content_type="application/json"
    )
    assert response.status_code == HTTPStatus.OK, response.status_code
