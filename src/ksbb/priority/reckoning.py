"""From what is on record to the order of places, and back from the published files alone."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from ksbb.allocation.digest import VERSION
from ksbb.allocation.fill import fill
from ksbb.allocation.lots import named_lot
from ksbb.priority.formula import Terms
from ksbb.shared.csv_cells import MARK, line

Document = dict[str, Any]

FORMAT: Final = "ksbb-priority/1"
ROUNDING: Final = 1
"""Halves added to what a place has: the middle of its next package (Webster)."""

HEADS: Final = (
    "rank",
    "code",
    "name",
    "region",
    "need",
    "committed",
    "served",
    "weight",
    "counted",
    "packages",
)


class Place(NamedTuple):
    """One row of the input: packages, and families and days as the rule reckons with them."""

    code: str
    name: str
    region: str
    need: int
    committed: int
    served: int
    families: int
    age: int


class Ranked(NamedTuple):
    """One row of the result: the place, what was reckoned, and what of the packages it gets."""

    rank: int
    place: Place
    weight: int
    counted: int
    packages: int


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """The order of all places, how the packages fall, and the name of the input."""

    rows: list[Ranked]
    placed: int
    left: int
    digest: str


def simulate(document: Document) -> Simulated:
    """Return who comes when, and what of `packages` each place gets.

    Keys are those of the allocation engine: what is counted plus half a package, by weight times
    need; the smallest first; then the larger need, the smaller weight, the lot. Raises
    CannotAllocate.
    """
    terms = Terms(**document["rule"]["terms"])
    places = [Place(*row) for row in document["places"]]
    weight = [terms.weight(one.families, one.age) for one in places]
    counted = [terms.counted(one.committed, one.served) for one in places]
    names = (f"{one.code}/{document['phase']}/{document['aid_type']}" for one in places)
    lot = named_lot(names, document["seed"])
    shared = fill(
        [one.need for one in places],
        counted,
        document["packages"],
        lot=lot,
        weight_milli=weight,
        cap=[max(one.need - one.committed, 0) for one in places],
        delta2=ROUNDING,
        seed=document["seed"],
    )
    need, heavy = np.array([one.need for one in places]), np.array(weight)
    key = (2 * np.array(counted) + 1) / (2 * heavy * need)
    rows = [
        Ranked(rank, places[at], weight[at], counted[at], int(shared.x[at]))
        for rank, at in enumerate(np.lexsort((lot, heavy, -need, key)), start=1)
    ]
    return Simulated(rows=rows, placed=int(shared.x.sum()), left=shared.left, digest=shared.digest)


def document_of(*, terms: Terms, version: int, places: list[Place], about: Document) -> Document:
    """Return the input as it is published: the rule, the places in the order of their codes."""
    return {
        "format": FORMAT,
        "engine": VERSION,
        **about,
        "rule": {"version": version, "terms": asdict(terms)},
        "columns": list(Place._fields),
        "places": [list(one) for one in sorted(places)],
    }


def text_of(document: Document) -> str:
    """Return the one way an input is written: sorted, UTF-8, a place on a line."""
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in document["places"])
    head = json.dumps(
        {name: value for name, value in document.items() if name != "places"},
        ensure_ascii=False,
        sort_keys=True,
    )
    return f'{head[:-1]}, "places": [\n{rows}\n]}}\n'


def csv_of(made: Simulated) -> str:
    """Return the result as it is published, one place a row in its rank."""
    return MARK + line(HEADS) + "".join(line(_cells(one)) for one in made.rows)


def _cells(one: Ranked) -> tuple[str | int, ...]:
    place = one.place
    said = (place.code, place.name, place.region, place.need, place.committed, place.served)
    return (one.rank, *said, one.weight, one.counted, one.packages)


def rows_of_csv(text: str) -> list[dict[str, str]]:
    """Return the rows of a published result by column."""
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK))))
