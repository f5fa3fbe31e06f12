"""Who gives in the scenario.

Seven names are real and published: the six aggregators and Barisan Bangun Negeri. What they commit
here is example data except for the 600 packages of the founding press release. All others are
invented.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Final

from ksbb.demo.words import (
    BRANDS,
    CIRCLES,
    FANCIES,
    FIRST_NAMES,
    HOMES,
    LAST_NAMES,
    TRADES,
    WONDERS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ORGANISATIONS: Final = 95
INDIVIDUALS: Final = 11
REFUSED: Final = 3
"""Organisations whose only commitment was rejected; they are in no published figure."""

COMMUNITIES: Final = 26
FOUNDATIONS: Final = 12
ANONYMOUS: Final = 4


@dataclass(frozen=True, kw_only=True)
class Giver:
    """A collaborator; `weight` says how often it commits, `kind` is a value of the model's enum."""

    slug: str
    name: str
    kind: str
    weight: float
    is_aggregator: bool = False
    is_anonymous: bool = False
    is_example: bool = True
    is_refused: bool = False


def _aggregator(slug: str, name: str, kind: str, weight: float) -> Giver:
    return Giver(
        slug=slug, name=name, kind=kind, weight=weight, is_aggregator=True, is_example=False
    )


AGGREGATORS: Final = (
    _aggregator("baznas-bazis-dki", "BAZNAS/BAZIS DKI Jakarta", "AGENCY", 9),
    _aggregator("act", "ACT", "FOUNDATION", 8),
    _aggregator("pmi-dki", "PMI DKI Jakarta", "ASSOCIATION", 7),
    _aggregator("rumah-zakat", "Rumah Zakat", "FOUNDATION", 6),
    _aggregator("human-initiative", "Human Initiative", "FOUNDATION", 6),
    _aggregator("dompet-dhuafa", "Dompet Dhuafa", "FOUNDATION", 7),
)
"""In the order in which they join; the last one came after the first press release."""

BBN: Final = Giver(
    slug="barisan-bangun-negeri",
    name="Barisan Bangun Negeri",
    kind="COMMUNITY",
    weight=0,
    is_example=False,
)
"""Gives once and exactly as published, so it is never drawn for anything else."""


@dataclass(frozen=True)
class Cast:
    """The givers, each group in the order in which it joins."""

    aggregators: tuple[Giver, ...]
    organisations: tuple[Giver, ...]
    individuals: tuple[Giver, ...]
    refused: tuple[Giver, ...]


def make_cast(seed: int) -> Cast:
    """Return the givers; `organisations` are without Barisan Bangun Negeri."""
    rng = Random(f"{seed}/cast")
    invented = [*_companies(rng), *_communities(rng), *_foundations(rng)]
    rng.shuffle(invented)
    return Cast(
        aggregators=AGGREGATORS,
        organisations=tuple(invented[REFUSED:]),
        individuals=tuple(_individuals(rng)),
        refused=tuple(replace(giver, is_refused=True) for giver in invented[:REFUSED]),
    )


def _companies(rng: Random) -> Iterator[Giver]:
    number = ORGANISATIONS - 1 + REFUSED - COMMUNITIES - FOUNDATIONS
    for trade, brand in rng.sample(list(product(TRADES, BRANDS)), number):
        yield _invented(f"PT {trade} {brand}", "COMPANY", rng)


def _communities(rng: Random) -> Iterator[Giver]:
    for circle, fancy in rng.sample(list(product(CIRCLES, FANCIES)), COMMUNITIES):
        association = circle.startswith(("Himpunan", "Serikat"))
        kind = "ASSOCIATION" if association else "COMMUNITY"
        yield _invented(f"{circle} {fancy}", kind, rng)


def _foundations(rng: Random) -> Iterator[Giver]:
    for home, wonder in rng.sample(list(product(HOMES, WONDERS)), FOUNDATIONS):
        yield _invented(f"Yayasan {home} {wonder}", "FOUNDATION", rng)


def _individuals(rng: Random) -> Iterator[Giver]:
    pairs = rng.sample(list(product(FIRST_NAMES, LAST_NAMES)), INDIVIDUALS)
    for position, (first, last) in enumerate(pairs):
        named = f"{first}-{last}".lower()
        yield Giver(
            # The address of an anonymous donor must not give the name away.
            slug=named if position >= ANONYMOUS else f"anonim-{position + 1}",
            name=f"{first} {last}",
            kind="INDIVIDUAL",
            weight=0.3,
            is_anonymous=position < ANONYMOUS,
        )


def _invented(name: str, kind: str, rng: Random) -> Giver:
    return Giver(
        slug=name.lower().replace(" ", "-"),
        name=name,
        kind=kind,
        weight=round(rng.lognormvariate(-0.4, 0.8), 2),
    )
