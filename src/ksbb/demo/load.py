"""Writes the scenario into an empty database, all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from ksbb.audit.actions.seal import seal
from ksbb.commitments.models import Commitment, Movement
from ksbb.demo.cast import BBN, Cast
from ksbb.demo.desk import Desk
from ksbb.demo.gifts import write_gifts
from ksbb.demo.keys import Keys
from ksbb.demo.ledger import Ledger
from ksbb.demo.people import write_people
from ksbb.demo.places import Village
from ksbb.demo.plan import Plan, make_plan
from ksbb.demo.programme import ProgrammeRows, write_programme
from ksbb.demo.proof import prove
from ksbb.demo.roster import Roster
from ksbb.demo.rows import ACTOR, PUBLISHED_AT, write_places
from ksbb.demo.scale import copies
from ksbb.demo.waiting import write_waiting
from ksbb.needs.models import Need, Target
from ksbb.programmes.models import Programme
from ksbb.regions.actions.load import DKI_ALIASES, DKI_REGIONS, load
from ksbb.regions.enums import Level
from ksbb.regions.region_file import RegionFile, read_aliases, read_regions
from ksbb.reports.actions.close_days import close_days
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from ksbb.demo.cast import Giver


class NotEmptyError(DomainError):
    """There is a programme already; example data would mix with it."""


@dataclass(frozen=True, kw_only=True)
class Summary:
    """How many rows were written, and at which moments the published figures were found."""

    targets: int
    needs: int
    commitments: int
    movements: int
    proved: list[datetime]


@transaction.atomic
def load_scenario(*, seed: int, scale: int, now: datetime) -> Summary:
    """Write the scenario of a seed, `scale` times beside itself, and prove its figures.

    Raises NotEmptyError, ScaleRefusedError, PlanError, FiguresMissedError.
    """
    if Programme.objects.exists():
        raise NotEmptyError(
            _("This database already has a programme. Load the example data into an empty one.")
        )
    regions = read_regions(DKI_REGIONS)
    load(regions=regions, aliases=read_aliases(DKI_ALIASES), actor=ACTOR, now=PUBLISHED_AT)
    plan = make_plan(villages_of(regions), seed)
    rows = write_programme()
    write_plan(plan, rows, scale=scale)
    _tell_the_planner()
    write_gifts(rows.programme)
    write_people()
    if scale == 1:
        write_waiting(rows.programme)
    close_days(now=now)
    seal(now=now)
    return Summary(
        targets=Target.objects.count(),
        needs=Need.objects.count(),
        commitments=Commitment.objects.count(),
        movements=Movement.objects.count(),
        proved=prove(rows.programme, scale),
    )


def write_plan(plan: Plan, rows: ProgrammeRows, *, scale: int) -> None:
    """Write a plan and its copies, one after the other so that memory holds one at a time."""
    keys = Keys()
    ledger = Ledger(keys)
    roster = Roster(ledger, _givers(plan.cast))
    for copy in copies(plan, scale):
        places = write_places(copy.places, rows, keys)
        Desk(ledger, rows.programme, places, roster).play(copy.promises, copy.events)
        ledger.write()
    keys.hand_back()


def _tell_the_planner() -> None:
    """Let PostgreSQL count what was poured in; by itself it looks only after the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def villages_of(regions: RegionFile) -> list[Village]:
    """Return the kelurahan of a file that have a label point."""
    return [
        Village(row.code, row.name, row.lat, row.lon)
        for row in regions.rows
        if row.level == Level.VILLAGE and row.lat is not None and row.lon is not None
    ]


def _givers(cast: Cast) -> list[Giver]:
    return [BBN, *cast.aggregators, *cast.organisations, *cast.individuals, *cast.refused]
