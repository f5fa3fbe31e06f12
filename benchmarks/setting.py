"""The programme the benchmark runs in: four phases, four aid types, three hundred donors."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.collaborators.enums import Kind, Verification
from ksbb.collaborators.models import Collaborator
from ksbb.programmes.enums import Frequency, ProgrammeState, Unit
from ksbb.programmes.models import AidType, Phase, Programme, TargetKind
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.shared.clock import WIB

BEGUN: Final = datetime(2020, 4, 24, 8, tzinfo=WIB)
NOW: Final = datetime(2020, 5, 22, 12, tzinfo=WIB)
PHASES: Final = (
    (date(2020, 4, 24), date(2020, 4, 30)),
    (date(2020, 5, 1), date(2020, 5, 7)),
    (date(2020, 5, 8), date(2020, 5, 14)),
    (date(2020, 5, 15), date(2020, 5, 23)),
)
AID_TYPES: Final = ("sembako", "makanan-siap-saji", "paket-lebaran", "paket-thr")
PROVINCE: Final = "31"
COLLABORATORS: Final = 300


def programme() -> Programme:
    """Write down an open programme with its phases and aid types; their keys count from 1."""
    Region.objects.create(code=PROVINCE, name="DKI Jakarta", level=Level.PROVINCE)
    made = Programme.objects.create(
        slug="pangan-ramadan-1441",
        name_id="Contoh",
        name_en="Example",
        organiser="Contoh",
        root_region_id=PROVINCE,
        starts_on=PHASES[0][0],
        ends_on=PHASES[-1][1],
        state=ProgrammeState.OPEN,
        release_place="JAKARTA",
        is_example=True,
    )
    Phase.objects.bulk_create(
        Phase(programme=made, number=number, starts_on=first, ends_on=last)
        for number, (first, last) in enumerate(PHASES, 1)
    )
    AidType.objects.bulk_create(
        AidType(
            programme=made,
            slug=slug,
            name_id=slug,
            name_en=slug,
            unit=Unit.FAMILY_WEEK,
            frequency=Frequency.WEEKLY,
            counts_toward_fulfilment=position == 1,
            position=position,
        )
        for position, slug in enumerate(AID_TYPES, 1)
    )
    made.target_kinds.set(_kinds())
    return made


def _kinds() -> list[TargetKind]:
    return TargetKind.objects.bulk_create(
        [
            TargetKind(slug="rw", name_id="RW", name_en="RW", is_area=True),
            TargetKind(slug="pesantren", name_id="Pesantren", name_en="Pesantren", is_area=False),
        ]
    )


def collaborators() -> list[Collaborator]:
    """Write down verified donors."""
    return Collaborator.objects.bulk_create(
        Collaborator(
            slug=f"contoh-{number}",
            name=f"Contoh {number}",
            kind=Kind.COMPANY,
            verification=Verification.VERIFIED,
            created_at=BEGUN,
            is_example=True,
        )
        for number in range(COLLABORATORS)
    )


def entry() -> Entry:
    """Write down the one audit row that everything loaded in bulk refers to."""
    return Entry.objects.create(
        at=BEGUN, channel=Channel.COMMAND, action="bench", object_type="", object_id=""
    )
