"""What the answers hold. Names follow docs/data.md; texts that have two languages come in both."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

RegionCode = Annotated[str, Field(description="Code of the Ministry of Home Affairs.")]


Share = Annotated[float, Field(description="Packages by families; 1 is all of it.")]


class Text(Schema):
    """A text in Indonesian and English."""

    id: str
    en: str


class Mistake(Schema):
    """One parameter that cannot be used, and why."""

    name: str
    detail: str


class Problem(Schema):
    """What went wrong, after RFC 9457, in the caller's language."""

    type: Annotated[str, Field(description="A name that never changes, for programs.")]
    title: str
    status: int
    detail: str
    errors: list[Mistake] = []


class Listed(Schema):
    """What every list says of itself."""

    as_of: datetime
    licence: str
    next: Annotated[str | None, Field(description="Address of the next page; null on the last.")]


class Phase(Schema):
    number: int
    starts_on: date
    ends_on: date


class AidType(Schema):
    slug: str
    name: Text
    unit: str
    frequency: str
    reference_price_idr: int
    contents: Text
    counts_toward_fulfilment: bool


class TargetKind(Schema):
    slug: str
    name: Text
    is_area: bool


class Programme(Schema):
    slug: str
    name: Text
    organiser: str
    state: str
    region: RegionCode
    starts_on: date
    ends_on: date
    fulfilment_stage: str
    is_example: bool
    phases: list[Phase]
    aid_types: list[AidType]
    target_kinds: list[TargetKind]


class Programmes(Listed):
    items: list[Programme]


class Region(Schema):
    code: RegionCode
    name: str
    level: str
    parent: str | None
    postal_code: str | None
    lat: float | None
    lon: float | None
    valid_from: date | None
    valid_to: date | None
    is_official: bool


class Regions(Listed):
    items: list[Region]


Count = Annotated[
    int | Literal["<5"] | None,
    Field(description="Of people: from 1 to 4 are told as “<5”; null where nobody has counted."),
]


class Target(Schema):
    code: str
    name: str
    kind: str
    region: RegionCode
    address: str
    lat: float | None
    lon: float | None
    families: Count
    residents: Count
    counted_on: date | None
    source: str
    is_example: bool


class Targets(Listed):
    programme: str
    items: list[Target]


class Stages(Schema):
    """Units of one kind of aid, as far as each has come."""

    quantity: int
    committed: int
    delivered: int
    received: int
    open: int
    coverage: Annotated[float, Field(description="Committed by needed; 1 is all of it.")]


class TargetNeed(Stages):
    id: str
    phase: int
    aid_type: str
    unit: str


class TargetWithNeeds(Target):
    programme: str
    as_of: datetime
    licence: str
    needs: list[TargetNeed]


class NeedTarget(Schema):
    code: str
    name: str
    kind: str
    region: RegionCode
    lat: float | None
    lon: float | None
    is_example: bool


class Need(Stages):
    id: str
    served_by_others: Annotated[
        int, Field(description="Brought by other sources; in none of the other numbers.")
    ]
    target: NeedTarget
    distance_km: Annotated[float | None, Field(description="Where `dekat` is given.")]


class Needs(Listed):
    programme: str
    phase: int
    aid_type: str
    unit: str
    items: list[Need]


class Collaborator(Schema):
    slug: str
    name: str
    kind: str
    is_donor: bool
    is_aggregator: bool
    is_example: bool


class Collaborators(Listed):
    items: list[Collaborator]


class Gift(Schema):
    """A confirmed gift: whole rupiah, or packages of its kind of aid. The donor as published."""

    code: str
    giver: Annotated[str, Field(alias="from")]
    to: str
    kind: Literal["MONEY", "GOODS"]
    quantity: int
    aid_type: str | None
    phase: int
    area: str | None
    target_kind: str | None
    confirmed_at: datetime
    is_example: bool


class Gifts(Listed):
    programme: str
    items: list[Gift]


class Purchase(Schema):
    """What an aggregator bought at one price, and what one package is reckoned at."""

    id: int
    aggregator: str
    aid_type: str
    quantity: int
    unit_price_idr: int
    reference_price_idr: int
    area: str | None
    target_kind: str | None
    at: datetime
    is_example: bool


class Purchases(Listed):
    programme: str
    items: list[Purchase]


class Reach(Schema):
    kota: int
    kelurahan: int
    rw: int
    institutions: int


class CollaboratorCounts(Schema):
    total: int
    organisations: int
    individuals: int
    aggregators: int


class PhaseFigures(Schema):
    number: int
    rw_aided: int
    rw_fulfilled: int


class Donation(Schema):
    giver: Annotated[str, Field(alias="from")]
    to: str
    rupiah: int
    phase: int


class Figures(Schema):
    """The same as `ksbb report --format json`."""

    programme: str
    as_of: str
    edition: int | None
    committed: dict[str, int]
    delivered: dict[str, int]
    received: dict[str, int]
    reach: Reach
    collaborators: CollaboratorCounts
    phases: list[PhaseFigures]
    donations: list[Donation]


class PassedOver(Schema):
    """The nearest place that gets nothing on the way to a stop."""

    target: str
    km: float
    coverage: Share
    open: int
    why: Literal["full", "better_covered", "worth_less"]


class ProposalReason(Schema):
    """Why this place and why so many; rank 1 is the least covered of those in reach."""

    rank: int
    of: int
    mean_coverage: Share
    open: int
    because: Literal["need", "min_drop", "share"]
    drawn: Annotated[bool, Field(description="Whether the public draw decided.")]
    sentence: str
    nearest_passed_over: PassedOver | None


class ProposalLine(Schema):
    need: Annotated[str, Field(description="The id of the need, as in `needs`.")]
    target: str
    name: str
    region: str
    quantity: int
    needed: int
    committed: int
    coverage_before: Share
    coverage_after: Share
    km: float | None
    reason: ProposalReason


class WhatIf(Schema):
    """The same packages with one field of the offer changed."""

    change: Literal["within_km", "max_stops", "min_per_stop"]
    to: float
    value: float
    stops: int
    placed: int
    least_before: Share
    sentence: Annotated[str, Field(description="Empty where it would do no more.")]


class Proposal(Schema):
    """Where an offer does most. No choice is worth more than `bound`."""

    programme: str
    aid_type: str
    phase: int
    as_of: str
    packages: int
    placed: int
    left: int
    value: float
    bound: float
    proven: bool
    binding: list[str]
    seed: int
    digest: Annotated[str, Field(description="SHA-256 of all the answer depends on.")]
    summary: str
    lines: list[ProposalLine]
    what_ifs: list[WhatIf]
