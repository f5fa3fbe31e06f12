"""What a file of regions, or of their other spellings, must hold; no database.

Every line is read before anything is refused, so one answer names all that is to be mended.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from ksbb.regions.csv_file import Cells, Problem, read_table, refuse
from ksbb.regions.enums import Level
from ksbb.shared import codes
from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.text import normalise

if TYPE_CHECKING:
    from pathlib import Path

REQUIRED: Final = ("code", "name", "level", "parent_code")
LONGEST_NAME: Final = 100

# Wider than Indonesia by a little, and narrow enough to notice swapped columns.
_LATITUDES: Final = (-12.0, 7.0)
_LONGITUDES: Final = (94.0, 142.0)
_POSTAL_DIGITS: Final = 5

_WORDS: Final = {
    Level.PROVINCE: ("provinsi", "province"),
    Level.REGENCY: ("kabkota", "kota", "kabupaten", "city", "regency"),
    Level.DISTRICT: ("kecamatan", "district"),
    Level.VILLAGE: ("kelurahan", "desa", "desa_adat", "village"),
    Level.RW: ("rw",),
}
_LEVELS: Final = {word: level for level, words in _WORDS.items() for word in words}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """One region as the file has it, checked by itself."""

    line: int
    code: str
    name: str
    level: Level
    lat: float | None
    lon: float | None
    postal_code: str
    valid_from: date | None
    valid_to: date | None
    predecessors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRow:
    """Another spelling of the region with this code."""

    line: int
    variant: str
    code: str


@dataclass(frozen=True, slots=True)
class RegionFile:
    """The rows of a file in its order, and which columns it has."""

    path: Path
    columns: frozenset[str]
    rows: list[RegionRow]


@dataclass(frozen=True, slots=True)
class AliasFile:
    """The rows of a file of other spellings."""

    path: Path
    rows: list[AliasRow]


def read_regions(path: Path) -> RegionFile:
    """Read ``code,name,level,parent_code`` and, where the file has them, more columns.

    The others are lat, lon, postal, valid_from, valid_to (ISO dates) and predecessors (codes with
    spaces between). Raises `BadFileError` with all bad lines.
    """
    table = read_table(path, required=REQUIRED)
    rows = table.rows(_region)
    counts = Counter(row.code for row in rows)
    repeated = [row for row in rows if counts[row.code] > 1]
    refuse(
        path,
        [
            Problem(
                line=row.line,
                error=DomainError(_("code {code} stands in the file twice."), code=row.code),
            )
            for row in repeated
        ],
    )
    return RegionFile(path, table.columns, rows)


def read_aliases(path: Path) -> AliasFile:
    """Read ``variant,code``. Raises `BadFileError` with all bad lines."""
    return AliasFile(path, read_table(path, required=("variant", "code")).rows(_alias))


def _region(line: int, cells: Cells) -> RegionRow:
    code = codes.parse(cells["code"])
    lat, lon = _point(cells.get("lat", ""), cells.get("lon", ""))
    row = RegionRow(
        line=line,
        code=code,
        name=_name(cells["name"]),
        level=_level(cells["level"], code),
        lat=lat,
        lon=lon,
        postal_code=_postal(cells.get("postal", "")),
        valid_from=_date(cells.get("valid_from", "")),
        valid_to=_date(cells.get("valid_to", "")),
        predecessors=tuple(codes.parse(one) for one in cells.get("predecessors", "").split()),
    )
    _check_parent(cells["parent_code"], code)
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        raise DomainError(_("the last day of validity lies before the first."))
    return row


def _alias(line: int, cells: Cells) -> AliasRow:
    variant = _name(cells["variant"])
    if not normalise(variant):
        raise DomainError(_("“{typed}” has no letters."), typed=quoted(variant))
    return AliasRow(line=line, variant=variant, code=codes.parse(cells["code"]))


def _name(text: str) -> str:
    if not text:
        raise DomainError(_("the name is missing."))
    if len(text) > LONGEST_NAME:
        raise DomainError(_("the name is longer than {limit} characters."), limit=LONGEST_NAME)
    return text


def _level(word: str, code: str) -> Level:
    level = _LEVELS.get(word.casefold().replace(" ", "_"))
    if level is None:
        raise DomainError(
            _("“{typed}” is no level. Levels are: {levels}."),
            typed=quoted(word),
            levels=", ".join(words[0] for words in _WORDS.values()),
        )
    if level != codes.level_of(code):
        raise DomainError(
            _("code {code} is not the code of a {level}."), code=code, level=quoted(word)
        )
    return level


def _check_parent(text: str, code: str) -> None:
    parent = codes.parent_of(code) or ""
    if text and codes.parse(text) != parent:
        raise DomainError(
            _("code {code} lies in {parent}, not in {typed}."),
            code=code,
            parent=parent or "–",
            typed=quoted(text),
        )


def _point(lat: str, lon: str) -> tuple[float | None, float | None]:
    if not lat and not lon:
        return None, None
    try:
        point = float(lat), float(lon)
    except ValueError:
        raise DomainError(
            _("“{lat}, {lon}” is not a place. Write both like -6.256791 and 106.815696."),
            lat=quoted(lat),
            lon=quoted(lon),
        ) from None
    if not (_inside(point[0], _LATITUDES) and _inside(point[1], _LONGITUDES)):
        raise DomainError(
            _("“{lat}, {lon}” lies outside Indonesia. Were latitude and longitude swapped?"),
            lat=quoted(lat),
            lon=quoted(lon),
        )
    return point


def _inside(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _postal(text: str) -> str:
    if text and not (text.isascii() and text.isdigit() and len(text) == _POSTAL_DIGITS):
        raise DomainError(_("“{typed}” is not a postal code of five digits."), typed=quoted(text))
    return text


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DomainError(
            _("“{typed}” is not a date such as 2020-05-02."), typed=quoted(text)
        ) from None
