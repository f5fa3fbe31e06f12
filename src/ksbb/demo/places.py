"""RW and institutions of the scenario: numbers, families and names from a seeded generator.

Only the kelurahan and the number of RW per city are facts. Everything else is invented.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from ksbb.demo.setting import RW
from ksbb.demo.words import HOMES, WONDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

RW_PER_CITY: Final = {
    "31.01": 24,
    "31.71": 389,
    "31.72": 449,
    "31.73": 586,
    "31.74": 576,
    "31.75": 707,
}
"""Published by the city's statistics page, December 2021: 2,731 in all."""

FEWEST_RW: Final = 3
FAMILIES: Final = range(24, 1241)
MEDIAN_FAMILIES: Final = 230
SKEW: Final = 0.78
METRES: Final = 600
METRES_PER_DEGREE: Final = 111_320
GAP_CHANCE: Final = 0.08

BUSY_DISTRICT: Final = "31.74.05"
"""Kebayoran Lama, where the founding press release tells of 600 packages."""
BUSY_FAMILIES: Final = 720


class Village(NamedTuple):
    """A kelurahan with its label point in degrees."""

    code: str
    name: str
    lat: float
    lon: float


@dataclass(frozen=True, kw_only=True)
class Place:
    """A target: an RW with vulnerable families, or an institution with residents."""

    code: str
    kind: str
    name: str
    region: str
    address: str
    lat: float
    lon: float
    count: int
    households: int | None = None

    @property
    def is_area(self) -> bool:
        """Whether it is an RW."""
        return self.kind == RW

    @property
    def village(self) -> str:
        """The code of the kelurahan."""
        return self.code[:13]


class InstitutionKind(NamedTuple):
    """How many institutions of a kind there are, and how many people live in one."""

    slug: str
    label: str
    letters: str
    number: int
    residents: range


INSTITUTION_KINDS: Final = (
    InstitutionKind("pesantren", "Pesantren", "PS", 46, range(48, 260)),
    InstitutionKind("panti-asuhan", "Panti Asuhan", "PA", 53, range(18, 95)),
    InstitutionKind("panti-jompo", "Panti Jompo", "PJ", 14, range(14, 62)),
    InstitutionKind("panti-disabilitas", "Panti Disabilitas", "PD", 18, range(14, 70)),
)


def make_places(villages: Iterable[Village], seed: int) -> list[Place]:
    """Return all RW in the order of their codes, then all institutions; same seed, same places."""
    ordered = sorted(villages)
    return [
        *_areas(ordered, Random(f"{seed}/rw")),
        *_institutions(ordered, Random(f"{seed}/homes")),
    ]


def _areas(villages: Sequence[Village], rng: Random) -> list[Place]:
    numbers = _rw_numbers(villages, rng)
    families = {
        (village.code, number): _families(rng)
        for village in villages
        for number in numbers[village.code]
    }
    _crowd_one(families)
    return [
        _area(village, number, families[village.code, number], rng)
        for village in villages
        for number in numbers[village.code]
    ]


def _rw_numbers(villages: Sequence[Village], rng: Random) -> dict[str, list[int]]:
    by_city = defaultdict(list)
    for village in villages:
        by_city[village.code[:5]].append(village.code)
    return {
        code: _numbers(count, rng)
        for city, total in RW_PER_CITY.items()
        for code, count in _share_out(total, by_city[city], rng).items()
    }


def _share_out(total: int, codes: Sequence[str], rng: Random) -> dict[str, int]:
    """Return RW per kelurahan: at least three each, adding up to `total`, largest remainder."""
    weights = {code: rng.gammavariate(12, 1) for code in codes}
    spare = total - FEWEST_RW * len(codes)
    exact = {code: spare * weight / sum(weights.values()) for code, weight in weights.items()}
    whole = Counter({code: math.floor(share) for code, share in exact.items()})
    by_remainder = sorted(codes, key=lambda code: whole[code] - exact[code])
    whole.update(by_remainder[: spare - whole.total()])
    return {code: FEWEST_RW + whole[code] for code in codes}


def _numbers(count: int, rng: Random) -> list[int]:
    """Return `count` RW numbers; in a few kelurahan one number in the middle is missing."""
    if rng.random() >= GAP_CHANCE:
        return list(range(1, count + 1))
    missing = rng.randint(2, count)
    return [number for number in range(1, count + 2) if number != missing]


def _families(rng: Random) -> int:
    # Drawn again and not cut off: a city of RW with the same largest number would look made up.
    while (drawn := round(MEDIAN_FAMILIES * math.exp(rng.gauss(0, SKEW)))) not in FAMILIES:
        continue
    return drawn


def _crowd_one(families: dict[tuple[str, int], int]) -> None:
    """See to it that one RW of Kebayoran Lama is large enough for the 600 packages."""
    busy = [key for key in families if key[0].startswith(BUSY_DISTRICT)]
    largest = max(busy, key=families.__getitem__)
    families[largest] = max(families[largest], BUSY_FAMILIES)


def _area(village: Village, number: int, families: int, rng: Random) -> Place:
    lat, lon = _near(village, rng)
    return Place(
        code=f"{village.code}.{number:03d}",
        kind=RW,
        name=f"RW {number:03d} {village.name}",
        region=f"{village.code}.{number:03d}",
        address="",
        lat=lat,
        lon=lon,
        count=families,
        households=round(families / rng.uniform(0.14, 0.62)) + rng.randint(60, 400),
    )


def _institutions(villages: Sequence[Village], rng: Random) -> Iterator[Place]:
    names = [f"{home} {wonder}" for home, wonder in product(HOMES, WONDERS)]
    rng.shuffle(names)
    serials: Counter[str] = Counter()
    for kind in INSTITUTION_KINDS:
        for _ in range(kind.number):
            village = rng.choice(villages)
            serials[f"{village.code}-{kind.letters}"] += 1
            yield _institution(kind, village, names.pop(), serials, rng)


def _institution(
    kind: InstitutionKind, village: Village, name: str, serials: Counter[str], rng: Random
) -> Place:
    prefix = f"{village.code}-{kind.letters}"
    lat, lon = _near(village, rng)
    return Place(
        code=f"{prefix}{serials[prefix]:02d}",
        kind=kind.slug,
        name=f"{kind.label} {name}",
        region=village.code,
        address=f"Jalan Contoh {rng.randint(1, 40)} No. {rng.randint(1, 120)}, {village.name}",
        lat=lat,
        lon=lon,
        count=rng.choice(kind.residents),
    )


def _near(village: Village, rng: Random) -> tuple[float, float]:
    """Return a point evenly drawn from the disc round the label point, in degrees."""
    distance = METRES * math.sqrt(rng.random()) / METRES_PER_DEGREE
    angle = rng.uniform(0, math.tau)
    lat = village.lat + distance * math.sin(angle)
    lon = village.lon + distance * math.cos(angle) / math.cos(math.radians(village.lat))
    return round(lat, 6), round(lon, 6)
