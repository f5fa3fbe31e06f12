"""What waits at the desk when the demo opens, and the rule and the list that stand; all invented.

Nothing here is a commitment or a verified place, so no published figure knows of it.
"""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from ksbb.accounts.models import User
from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.collaborators.enums import Kind as Kinds
from ksbb.collaborators.models import Collaborator
from ksbb.demo.people import WATCHED
from ksbb.demo.rows import ACTOR, SOURCE, invented_phone
from ksbb.demo.setting import LAST_PHASE, SEMBAKO
from ksbb.needs.actions.enter import NewPlace, enter
from ksbb.needs.models import Target
from ksbb.plans.actions.offer import Where, make_offer
from ksbb.plans.enums import Reach as Area
from ksbb.plans.models import Offer
from ksbb.priority.actions.freeze import freeze
from ksbb.priority.actions.publish import publish_rule
from ksbb.priority.formula import Terms
from ksbb.programmes.models import TargetKind
from ksbb.regions.models import Region
from ksbb.shared.clock import WIB
from ksbb.suggestions.actions.suggest import Reach, Said, suggest
from ksbb.suggestions.enums import Kind
from ksbb.suggestions.models import Suggestion

if TYPE_CHECKING:
    from ksbb.programmes.models import Programme

RULED_AT: Final = datetime(2020, 5, 21, 9, tzinfo=WIB)
TERMS: Final = Terms(
    families_extra=1000,
    families_full=500,
    age_less=300,
    age_full=365,
    committed_percent=100,
    served_percent=100,
)
FROZEN_AT: Final = datetime(2020, 5, 22, 11, 15, tzinfo=WIB)
"""After the last thing that happens: the list is of the book as it stands when the demo opens."""
FROZEN_CODE: Final = "CNTH-DFTR"
OFFERED_AT: Final = datetime(2020, 5, 22, 10, 30, tzinfo=WIB)
OFFERS: Final = (("CNTH-KSDA", 1_200, "31.74"), ("CNTH-KSDB", 2_000, "31"))
"""Code, packages of sembako, and the area they may go to."""
PACKAGES: Final = 2_000
SEED: Final = 1441


class Entered(NamedTuple):
    """An institution that waits to be verified."""

    kind: str
    region: str
    name: str
    residents: int
    at: datetime


ENTERED: Final = (
    Entered(
        "panti-asuhan",
        "31.74.05.1002",
        "Panti Asuhan Contoh Melati",
        42,
        datetime(2020, 5, 20, 10, tzinfo=WIB),
    ),
    Entered(
        "pesantren",
        "31.75.06.1003",
        "Pesantren Contoh Al-Ikhlas",
        118,
        datetime(2020, 5, 21, 14, tzinfo=WIB),
    ),
    Entered(
        "panti-jompo",
        "31.73.05.1001",
        "Panti Jompo Contoh Senja",
        27,
        datetime(2020, 5, 22, 9, tzinfo=WIB),
    ),
)
REPORTED_AT: Final = datetime(2020, 5, 21, 16, 30, tzinfo=WIB)
PROPOSED_AT: Final = datetime(2020, 5, 22, 8, 45, tzinfo=WIB)


def write_waiting(programme: Programme) -> None:
    """Publish a priority rule and a frozen list; let offers, places and suggestions wait."""
    _rule_and_list(programme)
    _offer_openly(programme)
    for place in ENTERED:
        _enter(place)
    _report_a_need()
    _propose_a_count()


def _rule_and_list(programme: Programme) -> None:
    publish_rule(
        programme_id=programme.pk,
        terms=TERMS,
        valid_from=None,
        reason="Contoh: keluarga rentan didahulukan, bantuan pihak lain dihitung penuh",
        actor=ACTOR,
        now=RULED_AT,
    )
    freeze(
        phase=programme.phases.get(number=LAST_PHASE),
        aid_type=programme.aid_types.get(slug=SEMBAKO),
        packages=PACKAGES,
        seed=SEED,
        reason="Contoh: urutan penyaluran sebelum Lebaran",
        code=FROZEN_CODE,
        actor=ACTOR,
        now=FROZEN_AT,
    )


def _offer_openly(programme: Programme) -> None:
    """Let two invented companies leave the place to the working group: a plan has what to share."""
    invented = Collaborator.objects.filter(is_example=True, kind=Kinds.COMPANY)
    for giver, (code, packages, area) in zip(invented.order_by("pk"), OFFERS, strict=False):
        made = make_offer(
            collaborator=giver,
            phase=programme.phases.get(number=LAST_PHASE),
            aid_type=programme.aid_types.get(slug=SEMBAKO),
            packages=packages,
            where=Where(reach=Area.AREA, area=Region.objects.get(code=area)),
            ready_from=OFFERED_AT.date(),
            actor=ACTOR,
            now=OFFERED_AT,
        )
        Offer.objects.filter(pk=made.pk).update(code=code)


def _enter(place: Entered) -> None:
    new = NewPlace(
        kind=TargetKind.objects.get(slug=place.kind),
        region=place.region,
        name=place.name,
        values={
            "residents": place.residents,
            "source": SOURCE,
            "counted_on": place.at.date(),
            "is_example": True,
        },
    )
    enter([new], now=place.at)


def _report_a_need() -> None:
    """Let a neighbour report what is missing."""
    made = suggest(
        kind=Kind.NEED,
        region=Region.objects.get(code=ENTERED[0].region),
        said=Said(
            name="RW 011 (contoh)",
            words="Contoh: warga kontrakan di ujung gang belum pernah menerima paket.",
        ),
        reach=Reach(phone=invented_phone(Random("reports"))),
        actor=Actor(channel=Channel.WEB),
        now=REPORTED_AT,
    )
    _name(made, "CNTH-LPRN")


def _propose_a_count() -> None:
    """Let the officer of the kecamatan propose another count of one of its RW."""
    areas = Target.objects.filter(kind__is_area=True, region__code__startswith=f"{WATCHED}.")
    target = areas.select_related("region").order_by("code")[0]
    officer = User.objects.get(email="kecamatan@contoh.example")
    made = suggest(
        kind=Kind.COUNT,
        region=target.region,
        target=target,
        said=Said(
            name=target.name,
            words="Contoh: pendataan ulang oleh ketua RT dan RW.",
            families=(target.families or 0) + 35,
            counted_on=date(2020, 5, 20),
        ),
        actor=Actor(user=officer, channel=Channel.DEMO),
        now=PROPOSED_AT,
    )
    _name(made, "CNTH-HTNG")


def _name(made: Suggestion, code: str) -> None:
    # A code drawn by chance would be another one each time.
    Suggestion.objects.filter(pk=made.pk).update(code=code)
