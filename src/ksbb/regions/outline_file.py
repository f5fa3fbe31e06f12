"""What a file of boundaries must hold, GeoJSON or TopoJSON; no database."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ksbb.regions.outlines import Outline, read_shape, simplified
from ksbb.regions.topojson import geojson_features
from ksbb.shared import codes
from ksbb.shared.errors import DomainError, quoted

LARGEST: Final = 200_000_000
"""Bytes of a file, unpacked: more than all villages of Indonesia need."""

SHOWN: Final = 10

# How publishers name the property, small letters and digits only. Those with one name a level
# (BIG: kdepum of a village) come from the smallest area up, because a village bears them all.
CODE_NAMES: Final = (
    "kdrw",
    "kdepum",
    "kdcpum",
    "kdpkab",
    "kdppum",
    "kodekemendagri",
    "kemendagricode",
    "kemendagri",
    "kodewilayah",
    "kodewil",
    "kdwilayah",
    "kode",
    "code",
)
NAME_NAMES: Final = ("name", "nama", "namobj", "namawilayah", "wadmkd", "wadmkc", "wadmkk")

_NO_WORD: Final = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class OutlineFile:
    """The areas of a file, simplified, in the order of their codes."""

    path: Path
    outlines: list[Outline]


def read_outlines(path: Path) -> OutlineFile:
    """Read a GeoJSON or TopoJSON file, gzipped when its name ends in .gz. Raises `DomainError`.

    Areas which bear the same code are parts of one.
    """
    shapes: dict[str, list[Any]] = defaultdict(list)
    names: dict[str, str] = {}
    problems = []
    for number, feature in enumerate(_features(path), 1):
        try:
            code, name = _named(feature)
            shapes[code].append(read_shape(feature.get("geometry")))
            names.setdefault(code, name)
        except DomainError as error:
            problems.append(f"{_label(feature, number)}: {error}")
    refuse(path, _("{count} areas are to be mended: {areas}"), problems)
    if not shapes:
        raise DomainError(_("{file} holds no areas."), file=quoted(path.name))
    return OutlineFile(path, simplified(shapes, names))


def refuse(path: Path, sentence: Any, found: list[str]) -> None:
    """Raise `DomainError` naming what was found, the first of it in words."""
    if not found:
        return
    left = len(found) - SHOWN
    more = str(_(" … and {count} more")).format(count=left) if left > 0 else ""
    said = str(sentence).format(count=len(found), areas="; ".join(found[:SHOWN]) + more)
    raise DomainError(
        _("{file}: {said}. Nothing was loaded."), file=quoted(path.name), said=said.rstrip(".")
    )


def _features(path: Path) -> list[dict[str, Any]]:
    document = _document(path)
    try:
        match document:
            case {"type": "Topology"}:
                return list(geojson_features(document))
            case {"type": "FeatureCollection", "features": list(features)}:
                return [dict(feature) for feature in features]
            case {"type": "Feature"}:
                return [document]
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError):
        pass
    raise DomainError(
        _("{file} is neither GeoJSON nor TopoJSON that can be read."), file=quoted(path.name)
    )


def _document(path: Path) -> Any:
    file = quoted(path.name)
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            read = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise DomainError(
            _("The file {file} does not exist."), file=quoted(path, limit=200)
        ) from None
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise DomainError(
            _("The file {file} cannot be read: {reason}."),
            file=file,
            reason=reason or quoted(error),
        ) from None
    if len(read) > LARGEST:
        raise DomainError(
            _("{file} is larger than {limit} megabytes. Split it by level or by province."),
            file=file,
            limit=LARGEST // 1_000_000,
        )
    try:
        return json.loads(read.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise DomainError(_("{file} is not a JSON file in UTF-8."), file=file) from None


def _named(feature: dict[str, Any]) -> tuple[str, str]:
    properties = _properties(feature)
    code = next((properties[name] for name in CODE_NAMES if properties.get(name)), None)
    if code is None:
        raise DomainError(
            _("it has no region code; a property named code, kode, kode_wilayah or KDEPUM has it")
        )
    return codes.parse(str(code)), _name(properties)


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    own = feature.get("properties")
    pairs = own.items() if isinstance(own, dict) else ()
    return {_NO_WORD.sub("", name.casefold()): value for name, value in pairs}


def _name(properties: dict[str, Any]) -> str:
    return quoted(next((properties[name] for name in NAME_NAMES if properties.get(name)), ""))


def _label(feature: dict[str, Any], number: int) -> str:
    return _name(_properties(feature)) or str(_("area {number}")).format(number=number)
