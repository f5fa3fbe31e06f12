"""One line of the report for each row of the file."""

from __future__ import annotations

from typing import Final

from ksbb.intake.rows import AREA, Row

HEADER: Final = (
    "sheet",
    "source_row",
    "status",
    "kelurahan_code",
    "rw",
    "kk",
    "kk_rentan",
    "reason",
)
"""What every report has."""
ABOUT_INSTITUTIONS: Final = ("type", "name", "residents", "lat", "lon")
"""What stands behind it where the file names institutions."""

_TYPES: Final = {
    "panti-asuhan": "orphanage",
    "panti-jompo": "elderly",
    "panti-disabilitas": "disability",
}


def report_row(row: Row, reason: str) -> dict[str, str]:
    """Return a row by the columns of the report; `reason` is what is said about it."""
    return {
        "sheet": row.sheet,
        "source_row": str(row.source_row),
        "status": row.status.value,
        "kelurahan_code": row.kelurahan_code,
        "rw": "" if row.rw is None else f"{row.rw:03d}",
        "kk": _number(row.kk),
        "kk_rentan": _number(row.kk_rentan),
        "reason": reason,
        "type": _TYPES.get(row.kind, row.kind),
        "name": row.name,
        "residents": _number(row.residents),
        "lat": _number(row.lat),
        "lon": _number(row.lon),
    }


def is_about_institution(row: Row) -> bool:
    """Tell whether the row needs the columns about institutions."""
    return row.kind != AREA


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.5f}".rstrip("0").rstrip(".")
