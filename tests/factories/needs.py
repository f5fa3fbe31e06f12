"""Places and what they need."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ksbb.audit.actions.record import record
from ksbb.audit.actors import SYSTEM
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, NeedAdjustment, Target, TargetContact
from ksbb.programmes.models import AidType, Phase
from ksbb.shared.clock import WIB
from tests.factories.programmes import make_aid_type, make_kind, make_phase
from tests.factories.regions import make_region

VILLAGE = "31.74.05.1002"
COUNTED = datetime(2020, 4, 20, 9, tzinfo=WIB)
"""When the needs of tests came on the book: before everything else."""


def make_target(kind: str = "rw", *, village: str = VILLAGE, **fields: Any) -> Target:
    """Return a new verified place of 100 families and 400 residents in the kelurahan."""
    number = Target.objects.count() + 1
    rw_code = f"{village}.{number:03d}"
    code = rw_code if kind == "rw" else f"{village}-{kind[:2].upper()}{number:02d}"
    defaults = {
        "code": code,
        "kind": make_kind(kind),
        "name": f"RW {number:03d}" if kind == "rw" else f"Panti {number:03d}",
        "region": make_region(rw_code if kind == "rw" else village),
        "families": 100,
        "residents": 400,
        "verification": Verification.VERIFIED,
    }
    return Target.objects.create(**defaults | fields)


def make_contact(target: Target | None = None) -> TargetContact:
    """Return the restricted contact of a place."""
    return TargetContact.objects.create(
        target=target or make_target(), role="Ketua RW", name="Contoh Ketua", phone="0812000111"
    )


def make_need(
    quantity: int = 100,
    *,
    target: Target | None = None,
    phase: Phase | None = None,
    aid_type: AidType | None = None,
    now: datetime = COUNTED,
) -> Need:
    """Return a new need with nothing committed: sembako in phase 2, for a new place."""
    phase = phase or make_phase()
    need = Need.objects.create(
        target=target or make_target(),
        phase=phase,
        aid_type=aid_type or make_aid_type(programme=phase.programme),
    )
    entry = record(action="needs.publish", obj=need, actor=SYSTEM, now=now)
    NeedAdjustment.objects.create(need=need, delta=quantity, at=now, reason="rule", entry=entry)
    need.refresh_from_db()
    return need
