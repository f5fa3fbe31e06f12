"""The programme of Ramadan 1441 H in small; each thing is made once in a test and then found."""

from __future__ import annotations

from datetime import date
from typing import Any

from ksbb.programmes.enums import Basis, Frequency, ProgrammeState, Unit
from ksbb.programmes.models import AidType, NeedRule, Phase, Programme, TargetKind
from tests.factories.regions import make_region

PHASES = {
    1: (date(2020, 4, 24), date(2020, 4, 30)),
    2: (date(2020, 5, 1), date(2020, 5, 7)),
    3: (date(2020, 5, 8), date(2020, 5, 14)),
    4: (date(2020, 5, 15), date(2020, 5, 23)),
}


def make_programme(slug: str = "pangan-ramadan-1441", **fields: Any) -> Programme:
    """Return the open programme of this slug in DKI Jakarta."""
    defaults = {
        "name_id": f"KSBB {slug}",
        "name_en": f"KSBB {slug} (English)",
        "organiser": "Pemprov DKI Jakarta",
        "root_region": make_region("31"),
        "starts_on": date(2020, 4, 24),
        "ends_on": date(2020, 5, 23),
        "state": ProgrammeState.OPEN,
        "release_place": "BALAIKOTA JAKARTA",
    }
    programme, _ = Programme.objects.get_or_create(slug=slug, defaults=defaults | fields)
    return programme


def make_phase(number: int = 2, *, programme: Programme | None = None) -> Phase:
    """Return the phase of this number with the days of Ramadan 1441 H."""
    starts_on, ends_on = PHASES[number]
    phase, _ = Phase.objects.get_or_create(
        programme=programme or make_programme(),
        number=number,
        defaults={"starts_on": starts_on, "ends_on": ends_on},
    )
    return phase


def make_aid_type(
    slug: str = "sembako", *, programme: Programme | None = None, **fields: Any
) -> AidType:
    """Return the aid type of this slug: a weekly package for a family; only sembako counts."""
    defaults = {
        "name_id": slug,
        "name_en": f"{slug} (English)",
        "unit": Unit.FAMILY_WEEK,
        "frequency": Frequency.WEEKLY,
        "reference_price": 200_000,
        "counts_toward_fulfilment": slug == "sembako",
    }
    aid_type, _ = AidType.objects.get_or_create(
        programme=programme or make_programme(), slug=slug, defaults=defaults | fields
    )
    return aid_type


def make_kind(slug: str = "rw", **fields: Any) -> TargetKind:
    """Return the target kind of this slug; "rw" is an area, all others are institutions."""
    defaults = {"name_id": slug, "name_en": f"{slug} (English)", "is_area": slug == "rw"}
    kind, _ = TargetKind.objects.get_or_create(slug=slug, defaults=defaults | fields)
    return kind


def make_rule(*, aid_type: AidType | None = None, **fields: Any) -> NeedRule:
    """Return a new rule: one sembako package per vulnerable family of an RW in every phase."""
    aid_type = aid_type or make_aid_type()
    defaults = {
        "programme": aid_type.programme,
        "target_kind": make_kind(),
        "basis": Basis.FAMILIES,
    }
    return NeedRule.objects.create(aid_type=aid_type, **defaults | fields)
