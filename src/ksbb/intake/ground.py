"""What is known about places before a file is opened; handed in by the caller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """A region above the RW: its Kemendagri code as stored (`31.74`, `31.74.05.1002`) and name.

    Its label point is in degrees, where it is known.
    """

    code: str
    name: str
    is_official: bool = True
    """False where no official code exists yet and ours is provisional."""
    lat: float | None = None
    lon: float | None = None


class Count(NamedTuple):
    """What was last known of a place: all families, vulnerable families, people."""

    kk: int | None = None
    kk_rentan: int | None = None
    residents: int | None = None


class Institution(NamedTuple):
    """An institution that is a target already, to recognise it under another spelling."""

    kelurahan_code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A gazetteer in memory.

    `places` are province, cities, kecamatan and kelurahan in any order. `aliases` are pairs of
    another spelling and the code it stands for. `rws` maps the code of a kelurahan to its known
    RW numbers and their last counts; a kelurahan that is missing there has no list of RW, and
    nothing is asked about its RW. `bps` maps codes of BPS (10 digits) to Kemendagri codes, where
    such a list is at hand. `kinds` maps slugs of target kinds to the words people use for them.
    """

    places: Iterable[Place]
    aliases: Iterable[tuple[str, str]] = ()
    rws: Mapping[str, Mapping[int, Count]] = field(default_factory=dict)
    bps: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    institutions: Iterable[Institution] = ()
