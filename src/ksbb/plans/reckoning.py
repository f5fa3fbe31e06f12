"""From the document of a plan's input to that of its result; no database, no clock.

Both documents are what is published, so whoever has the two files can do all of this again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from ksbb.allocation.arrays import Ints, Lots
from ksbb.allocation.assign import assign
from ksbb.allocation.cells import Cells, cells
from ksbb.allocation.digest import VERSION
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.explain import explain_row
from ksbb.allocation.lots import named_lot
from ksbb.allocation.metrics import metrics
from ksbb.allocation.offers import AREA, EVERYWHERE, LIST, RADIUS, Offers, offers
from ksbb.allocation.plan import Plan, plan
from ksbb.allocation.rotate import rotate
from ksbb.shared.fingerprint import digest_of

Document = dict[str, Any]

FORMAT_IN: Final = "ksbb-plan-input/1"
FORMAT_OUT: Final = "ksbb-plan-output/1"
SHARES: Final = (25, 50, 100)
"""Per cent of the families of a place that a visit reaches: what the working group chooses from."""

SHARE: Final = 50
LEAST: Final = 25
_LEVELS: Final = (2, 5, 8, 13)
"""The lengths of region codes from province to kelurahan."""
_FAR: Final = 10_000_000.0
_DECIMALS: Final = 6


class Place(NamedTuple):
    """One row of `places`: metres on the flat map (None without a point), packages."""

    code: str
    name: str
    region: str
    x: int | None
    y: int | None
    need: int
    committed: int
    so_far: int


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the working group chooses: per cent of families a visit reaches, least per visit."""

    share: int = SHARE
    least: int = LEAST
    seed: int


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The places of a document, column by column, rows in its order."""

    places: list[Place]
    need: Ints
    committed: Ints
    so_far: Ints

    @property
    def row(self) -> dict[str, int]:
        """The row of each code."""
        return {place.code: at for at, place in enumerate(self.places)}


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """A fair plan, its visits for the chosen share, and what was read to make it."""

    columns: Columns
    cells: Cells
    fair: Plan
    visits: Plan
    by_share: dict[int, Plan]
    output: Document


def text_of(document: Document) -> str:
    """Return the one way a document is written: sorted, UTF-8, a row of a table on a line."""
    lines = [f"{json.dumps(name)}: {_value(document[name])}" for name in sorted(document)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _value(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], list | dict):
        return "[\n" + ",\n".join(_plain(row) for row in value) + "\n]"
    return _plain(value)


def _plain(value: object) -> str:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(", ", ": "), allow_nan=False
    )


def state_of(document: Document) -> str:
    """Return a name for all a plan depends on; its moment does not count."""
    return digest_of(text_of({name: document[name] for name in document if name != "as_of"}))


def columns_of(document: Document) -> Columns:
    """Return the places of a document as the engine takes them."""
    places = [Place(*row) for row in document["places"]]
    return Columns(
        places=places,
        need=np.array([place.need for place in places], np.int64),
        committed=np.array([place.committed for place in places], np.int64),
        so_far=np.array([place.so_far for place in places], np.int64),
    )


def lots_of(columns: Columns, document: Document) -> Lots:
    """Return the public draw of each need, from its public name and the seed alone."""
    kind = f"{document['phase']}/{document['aid_type']}"
    return named_lot((f"{place.code}/{kind}" for place in columns.places), document["seed"])


def cells_of(columns: Columns, document: Document) -> Cells:
    """Return which places the same offers may serve. Raises CannotAllocate."""
    places = columns.places
    numbers: list[dict[str, int]] = []
    path = np.empty((len(places), len(_LEVELS)), np.int64)
    for level, length in enumerate(_LEVELS):
        codes = [place.region[:length] for place in places]
        known = {code: at for at, code in enumerate(sorted(set(codes)))}
        numbers.append(known)
        path[:, level] = [known[code] for code in codes]
    points = _points(places, _FAR)
    week = np.zeros(len(places), np.int64)
    return cells(path, points, week, _table(document["offers"], numbers, columns.row))


def _points(places: Sequence[Place], elsewhere: float | None) -> Any:
    """Return kilometres; who has no point stands far away, or in the middle of all others."""
    known = np.array([(place.x, place.y) for place in places if place.x is not None], np.float64)
    middle = known.mean(axis=0) if len(known) else np.zeros(2)
    nowhere = middle if elsewhere is None else np.array([elsewhere, elsewhere])
    return (
        np.array(
            [nowhere if place.x is None else (place.x, place.y) for place in places], np.float64
        )
        / 1000
    )


def _table(told: list[Document], numbers: list[dict[str, int]], row: dict[str, int]) -> Offers:
    kinds = {"everywhere": AREA, "area": AREA, "radius": RADIUS, "list": LIST}
    level = [_LEVELS.index(len(one["area"])) if "area" in one else EVERYWHERE for one in told]
    return offers(
        [one["packages"] for one in told],
        kind=[kinds[one["reach"]] for one in told],
        level=level,
        # An area in which nothing is needed has no number.
        area=[
            numbers[at].get(one["area"], len(row)) if "area" in one else 0
            for at, one in zip(level, told, strict=True)
        ],
        x=[one.get("x", 0) / 1000 for one in told],
        y=[one.get("y", 0) / 1000 for one in told],
        km=[one.get("metres", 0) / 1000 for one in told],
        lists=[
            np.array([row[code] for code in one.get("places", ()) if code in row], np.int64)
            for one in told
        ],
    )


def reckon(document: Document) -> Reckoned:
    """Make the plan of an input document, with figures for each share. Raises CannotAllocate.

    The same document gives the same result on every machine. Coverages are shares (1.0 is all),
    rounded to six decimals in the result.
    """
    columns = columns_of(document)
    if not columns.places:
        raise CannotAllocate("empty", field="places")
    if not document["offers"]:
        raise CannotAllocate("no_packages", field="offers")
    offered = sum(one["packages"] for one in document["offers"])
    if document["least"] > offered:
        raise CannotAllocate(
            "minimum_impossible", field="least", least=document["least"], packages=offered
        )
    joined = cells_of(columns, document)
    lot = lots_of(columns, document)
    fair = plan(columns.need, columns.committed, joined, lot=lot, seed=document["seed"])
    if not fair.x.any():
        raise CannotAllocate("all_full", field="places")
    shares = sorted({*SHARES, document["share"]})
    by_share = {
        share: rotate(fair, columns.so_far, min_share_milli=share * 10, min_drop=document["least"])
        for share in shares
    }
    visits = by_share[document["share"]]
    output = _output(document, columns, fair, by_share)
    return Reckoned(
        columns=columns,
        cells=joined,
        fair=fair,
        visits=visits,
        by_share=by_share,
        output=output,
    )


def _output(
    document: Document, columns: Columns, fair: Plan, by_share: dict[int, Plan]
) -> Document:
    visits = by_share[document["share"]]
    pairs = assign(visits, _points(columns.places, None))
    whole = columns.committed + fair.x
    codes = [place.code for place in columns.places]
    names = [one["code"] for one in document["offers"]]
    sent = sorted(
        [names[offer], codes[row], int(quantity)]
        for offer, row, quantity in zip(pairs.offer, pairs.row, pairs.quantity, strict=True)
    )
    return {
        "format": FORMAT_OUT,
        "input_sha256": digest_of(text_of(document)),
        "digest": fair.digest,
        "engine": VERSION,
        "seed": document["seed"],
        "place_columns": ["code", "fair", "visit", "piece"],
        "places": [
            [code, int(fair.x[row]), int(visits.x[row]), int(fair.piece[row])]
            for row, code in enumerate(codes)
        ],
        "shipment_columns": ["offer", "place", "quantity"],
        "shipments": sent,
        "left": {names[at]: int(left) for at, left in enumerate(fair.left) if left},
        "pieces": pieces_of(fair),
        "figures": {
            "now": figures(columns.need, columns.committed),
            "fair": figures(columns.need, columns.committed, fair.x, plan=whole),
        }
        | {
            str(share): figures(columns.need, columns.committed, made.x, plan=whole)
            for share, made in by_share.items()
        },
    }


def pieces_of(fair: Plan) -> list[Document]:
    """Return what there is to say about each piece that offers serve, the lowest level first."""
    told = []
    for piece in range(len(fair.piece_level)):
        rows = np.flatnonzero(fair.piece == piece)
        if not len(rows) or not fair.x[rows].any():
            continue
        reason = explain_row(fair, int(rows[fair.x[rows].argmax()]))
        told.append(
            {
                "piece": piece,
                "level": None if reason.level is None else round(reason.level, _DECIMALS),
                "places": reason.rows,
                "offers": reason.offers,
                "packages": reason.packages,
            }
        )
    return told


def figures(
    need: Ints, committed: Ints, given: Ints | None = None, *, plan: Ints | None = None
) -> Document:
    """Return the figures of what is committed, and of what a plan gives on top of it.

    Stacking is measured beside what ``plan`` serves in all.
    """
    served = committed if given is None else committed + given
    told = metrics(need, served, plan)._asdict()
    rounded = {
        name: round(value, _DECIMALS) if isinstance(value, float) else value
        for name, value in told.items()
    }
    if given is not None:
        here = given > 0
        rounded |= {
            "visited": int(here.sum()),
            "need_there": int(need[here].sum()),
            "placed": int(given.sum()),
        }
    return rounded


class Next(NamedTuple):
    """Where packages would go that nobody has promised yet: the place, how many, coverage."""

    place: Place
    quantity: int
    before: float
    after: float


def next_packages(document: Document, count: int, made: Reckoned | None = None) -> list[Next]:
    """Return where ``count`` more packages without any wish would go, most first.

    After the visits of a plan where one was made, else from what is committed; by the rule of
    plans. What is missing nowhere is left. Raises CannotAllocate.
    """
    columns = columns_of(document)
    brought = made.visits.x if made else np.zeros(len(columns.places), np.int64)
    served = columns.committed + brought
    count = min(count, int(np.maximum(columns.need - served, 0).sum()))
    if not count:
        return []
    free = document | {"offers": [{"code": "", "packages": count, "reach": "everywhere"}]}
    lot = lots_of(columns, document)
    fair = plan(columns.need, served, cells_of(columns, free), lot=lot, seed=document["seed"])
    x = rotate(
        fair,
        columns.so_far + brought,
        min_share_milli=document["share"] * 10,
        min_drop=min(document["least"], count),
    ).x
    rows = np.flatnonzero(x)
    rows = rows[np.lexsort((rows, -x[rows]))]
    return [
        Next(
            columns.places[row],
            int(x[row]),
            int(served[row]) / int(columns.need[row]),
            int(served[row] + x[row]) / int(columns.need[row]),
        )
        for row in rows
    ]
