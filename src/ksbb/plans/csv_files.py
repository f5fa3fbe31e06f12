"""A published plan as csv: places with what they get, and who brings how much where."""

from __future__ import annotations

import csv
import io
from typing import Final

from ksbb.plans.reckoning import Document, columns_of

PLACES: Final = ("code", "name", "region", "need", "committed", "so_far", "fair", "visit", "piece")
SHIPMENTS: Final = ("offer", "place", "quantity")


def places_csv(asked: Document, told: Document) -> str:
    """Return one row a place. Quantities in packages."""
    rows = zip(columns_of(asked).places, told["places"], strict=True)
    return _written(
        PLACES,
        [
            [one.code, one.name, one.region, one.need, one.committed, one.so_far, *row[1:]]
            for one, row in rows
        ],
    )


def shipments_csv(told: Document) -> str:
    """Return one row for each offer at each place it serves."""
    return _written(SHIPMENTS, told["shipments"])


def _written(heads: tuple[str, ...], rows: list[list[object]]) -> str:
    piece = io.StringIO()
    writer = csv.writer(piece)
    writer.writerow(heads)
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return piece.getvalue()


def _harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r\n" else cell
