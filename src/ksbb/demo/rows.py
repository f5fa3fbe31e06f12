"""Places and needs of the scenario as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import TYPE_CHECKING, Final

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.demo.book import Cell
from ksbb.demo.setting import AID, PHASES, need_of
from ksbb.demo.words import FIRST_NAMES, LAST_NAMES
from ksbb.needs.actions.publish import BY_RULE
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, NeedAdjustment, Target, TargetContact
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.shared.clock import WIB

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ksbb.demo.keys import Keys
    from ksbb.demo.places import Place
    from ksbb.demo.programme import ProgrammeRows

ACTOR: Final = Actor(channel=Channel.DEMO)
COUNTED_ON: Final = date(2020, 4, 20)
PUBLISHED_AT: Final = datetime(2020, 4, 23, 18, tzinfo=WIB)
SOURCE: Final = "Data contoh, bukan hitungan sebenarnya"
BATCH: Final = 2_000


@dataclass(frozen=True, kw_only=True)
class PlaceKeys:
    """The keys of targets by code and of needs by cell."""

    targets: dict[str, int]
    needs: dict[Cell, int]


def write_places(places: Sequence[Place], rows: ProgrammeRows, keys: Keys) -> PlaceKeys:
    """Write RW, targets, contacts, and the needs that were published on 23 April, 18.00 WIB."""
    targets = _write_targets(places, rows, keys)
    quantities = dict(_quantities(places))
    needs = {cell: keys.next(Need) for cell in quantities}
    Need.objects.bulk_create(
        (_need(cell, pk, targets, rows) for cell, pk in needs.items()), batch_size=BATCH
    )
    entry = Entry.objects.create(
        pk=keys.next(Entry),
        at=PUBLISHED_AT,
        channel=ACTOR.channel,
        action="needs.publish",
        object_type=rows.programme._meta.label_lower,
        object_id=str(rows.programme.pk),
        changes={"needs": len(needs)},
    )
    NeedAdjustment.objects.bulk_create(
        (
            NeedAdjustment(
                pk=keys.next(NeedAdjustment),
                need_id=pk,
                delta=quantities[cell],
                at=PUBLISHED_AT,
                reason=BY_RULE,
                entry_id=entry.pk,
            )
            for cell, pk in needs.items()
        ),
        batch_size=BATCH,
    )
    return PlaceKeys(targets=targets, needs=needs)


def _write_targets(places: Sequence[Place], rows: ProgrammeRows, keys: Keys) -> dict[str, int]:
    Region.objects.bulk_create(map(_region, filter(_is_area, places)), batch_size=BATCH)
    targets = {place.code: keys.next(Target) for place in places}
    Target.objects.bulk_create(
        (_target(place, targets[place.code], rows) for place in places), batch_size=BATCH
    )
    TargetContact.objects.bulk_create(_contacts(places, targets, keys), batch_size=BATCH)
    return targets


def _is_area(place: Place) -> bool:
    return place.is_area


def _region(place: Place) -> Region:
    return Region(
        code=place.code,
        name=f"RW {place.code[-3:]}",
        level=Level.RW,
        parent_id=place.village,
        lat=place.lat,
        lon=place.lon,
        is_example=True,
    )


def _target(place: Place, pk: int, rows: ProgrammeRows) -> Target:
    return Target(
        pk=pk,
        code=place.code,
        kind_id=rows.kinds[place.kind].pk,
        name=place.name,
        region_id=place.region,
        address=place.address,
        lat=place.lat,
        lon=place.lon,
        families=place.count if place.is_area else None,
        residents=None if place.is_area else place.count,
        source=SOURCE,
        counted_on=COUNTED_ON,
        entered_at=PUBLISHED_AT,
        verification=Verification.VERIFIED,
        is_example=True,
    )


def _contacts(
    places: Sequence[Place], targets: dict[str, int], keys: Keys
) -> Iterator[TargetContact]:
    rng = Random("contacts")
    for place in places:
        yield TargetContact(
            pk=keys.next(TargetContact),
            target_id=targets[place.code],
            role="Ketua RW" if place.is_area else "Pengurus",
            name=invented_name(rng),
            phone=invented_phone(rng),
        )


def invented_name(rng: Random) -> str:
    """Return a person's name whose last part means "for example"."""
    return f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"


def invented_phone(rng: Random) -> str:
    """Return a number nobody has: none in Indonesia begins with 000."""
    return f"+62 000 {rng.randrange(10_000):04d} {rng.randrange(10_000):04d}"


def _quantities(places: Sequence[Place]) -> Iterator[tuple[Cell, int]]:
    for place in places:
        for phase in PHASES:
            for aid in AID:
                quantity = need_of(count=place.count, area=place.is_area, phase=phase, aid=aid)
                if quantity:
                    yield Cell(place.code, phase, aid), quantity


def _need(cell: Cell, pk: int, targets: dict[str, int], rows: ProgrammeRows) -> Need:
    return Need(
        pk=pk,
        target_id=targets[cell.place],
        phase_id=rows.phases[cell.phase].pk,
        aid_type_id=rows.aid_types[cell.aid].pk,
    )
