"""Small histories of a programme, told by the real actions, and their figures reckoned plainly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from ksbb.collaborators.enums import Kind
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.expire import expire_due
from ksbb.commitments.models import Commitment, Movement
from ksbb.deliveries.actions.correct import correct
from ksbb.deliveries.models import DeliveryLine
from ksbb.needs.actions.adjust import adjust
from ksbb.needs.models import Need, NeedAdjustment
from ksbb.programmes.enums import Stage
from ksbb.programmes.models import AidType, Phase, Programme
from ksbb.shared.clock import WIB, in_wib
from ksbb.shared.errors import DomainError
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, make_commitment, make_draft
from tests.factories.deliveries import answer, bring, plan_it
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase, make_programme

EVENING = datetime(2020, 5, 1, 18, tzinfo=WIB)
"""When histories begin, so that they soon cross a midnight."""


class Event(NamedTuple):
    """One thing that is tried; which need and giver, and how much, wrap around what there is."""

    verb: str
    minutes: int
    which: int
    quantity: int


@dataclass
class World:
    """Three RW in two kelurahan of two kota, an orphanage, four givers, and a clock."""

    fulfilment_stage: str = Stage.COMMITTED
    now: datetime = EVENING
    programme: Programme = field(init=False)
    needs: list[Need] = field(default_factory=list)
    givers: list[Collaborator] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Put the needs on the book; only sembako counts toward fulfilment."""
        self.programme = make_programme(fulfilment_stage=self.fulfilment_stage)
        targets = [
            make_target(village="31.74.05.1002"),
            make_target(village="31.74.05.1002"),
            make_target(village="31.71.01.1001"),
            make_target("panti-asuhan", village="31.75.02.1003"),
        ]
        slots = [(2, "sembako"), (2, "makanan-siap-saji"), (3, "sembako")]
        self.needs = [
            make_need(30, target=target, phase=make_phase(number), aid_type=make_aid_type(slug))
            for target in targets
            for number, slug in slots
        ]
        self.givers = [
            make_collaborator(kind=Kind.COMPANY),
            make_collaborator(kind=Kind.INDIVIDUAL),
            make_collaborator(kind=Kind.FOUNDATION, is_aggregator=True),
            make_collaborator(kind=Kind.INDIVIDUAL, is_aggregator=True),
        ]

    def tell(self, events: Iterable[Event]) -> None:
        """Let the time pass and try each event; what the book refuses does not happen."""
        for event in events:
            self.now += timedelta(minutes=event.minutes)
            with suppress(DomainError):
                _VERBS[event.verb](self, event)

    def need(self, event: Event) -> Need:
        """Return the need the event is about, fresh."""
        return Need.objects.get(pk=self.needs[event.which % len(self.needs)].pk)

    def commitment(self, event: Event) -> Commitment:
        """Return the commitment the event is about."""
        known = list(Commitment.objects.order_by("pk"))
        if not known:
            message = "There is no commitment yet."
            raise DomainError(message)
        return known[event.which % len(known)]


def _give(world: World, event: Event) -> None:
    make_commitment(
        {world.need(event): event.quantity},
        collaborator=world.givers[event.quantity % len(world.givers)],
        now=world.now,
        planned_for=in_wib(world.now).date(),
    )


def _fill(world: World, event: Event) -> None:
    need = world.need(event)
    make_commitment(
        {need: need.open},
        collaborator=world.givers[event.quantity % len(world.givers)],
        now=world.now,
        planned_for=in_wib(world.now).date(),
    )


def _draft(world: World, event: Event) -> None:
    giver = world.givers[event.quantity % len(world.givers)]
    make_draft({world.need(event): event.quantity}, collaborator=giver, now=world.now)


def _expire(world: World, _: Event) -> None:
    expire_due(actor=DESK, now=world.now)


def _cancel(world: World, event: Event) -> None:
    cancel(commitment_id=world.commitment(event).pk, reason="batal", actor=DESK, now=world.now)


def _adjust(world: World, event: Event) -> None:
    adjust(
        need_id=world.need(event).pk,
        quantity=event.quantity // 3 * 6,
        reason="dihitung ulang",
        actor=DESK,
        now=world.now,
    )


def _deliver(world: World, event: Event) -> None:
    commitment = world.commitment(event)
    plan_it(commitment, now=world.now, planned_for=in_wib(world.now).date())
    answer(bring(commitment, now=world.now), less=event.quantity % 3, now=world.now)


def _correct(world: World, event: Event) -> None:
    for line in DeliveryLine.objects.filter(line__commitment=world.commitment(event)):
        correct(
            delivery_line_id=line.pk,
            delivered=max(line.quantity - event.quantity % 4, 0),
            received=max(line.received - event.quantity, 0),
            reason="salah hitung",
            actor=DESK,
            now=world.now,
        )


_VERBS = {
    "give": _give,
    "fill": _fill,
    "draft": _draft,
    "expire": _expire,
    "cancel": _cancel,
    "adjust": _adjust,
    "deliver": _deliver,
    "correct": _correct,
}
VERBS = tuple(_VERBS)


def plain_figures(programme: Programme, as_of: datetime) -> dict[str, object]:
    """Return the figures in the form of the contract, by walking over every row in Python."""
    movements = list(
        Movement.objects.filter(at__lte=as_of).select_related(
            "line__commitment__collaborator", "line__need__target__kind", "line__need__aid_type"
        )
    )
    book = _Plain(programme, movements, as_of)
    return {
        "programme": programme.slug,
        "as_of": in_wib(as_of).isoformat(),
        "edition": None,
        "committed": book.packages("COMMITTED"),
        "delivered": book.packages("DELIVERED"),
        "received": book.packages("RECEIVED"),
        "reach": book.reach(),
        "collaborators": book.collaborators(),
        "phases": [book.phase(phase) for phase in programme.phases.order_by("number")],
        "donations": [],
    }


def plain_kelurahan(
    programme: Programme, as_of: datetime, phase: Phase, aid_type: AidType
) -> dict[str, tuple[int, int, int, int]]:
    """Return need, committed, RW aided and fulfilled per kelurahan, reckoned as plainly."""
    movements = list(Movement.objects.filter(at__lte=as_of).select_related("line"))
    book = _Plain(programme, movements, as_of)
    needs = [need for need in book.needs if need.phase_id == phase.pk]
    areas = sorted({need.target.code[:13] for need in needs})
    return {
        area: book.area(
            [need for need in needs if need.target.code.startswith(area)], phase, aid_type
        )
        for area in areas
    }


class _Plain:
    def __init__(self, programme: Programme, movements: list[Movement], as_of: datetime) -> None:
        self.programme = programme
        self.movements = movements
        self.stands: dict[int, Counter[str]] = defaultdict(Counter)
        for movement in movements:
            self.stands[movement.line.need_id][movement.stage] += movement.delta
        for adjustment in NeedAdjustment.objects.filter(at__lte=as_of):
            self.stands[adjustment.need_id]["NEED"] += adjustment.delta
        self.needs = list(Need.objects.select_related("target__kind", "aid_type"))

    def packages(self, stage: str) -> dict[str, int]:
        kinds = self.programme.aid_types.order_by("position", "slug")
        sums = dict.fromkeys(kinds.values_list("slug", flat=True), 0)
        for movement in self.movements:
            if movement.stage == stage:
                sums[movement.line.need.aid_type.slug] += movement.delta
        return sums

    def reach(self) -> dict[str, int]:
        given = [need for need in self.needs if self.stands[need.pk]["COMMITTED"] > 0]
        rw = {need.target.code for need in given if need.target.kind.is_area}
        return {
            "kota": len({code[:5] for code in rw}),
            "kelurahan": len({code[:13] for code in rw}),
            "rw": len(rw),
            "institutions": len({n.target.code for n in given if not n.target.kind.is_area}),
        }

    def collaborators(self) -> dict[str, int]:
        given: Counter[Collaborator] = Counter()
        for movement in self.movements:
            if movement.stage == "COMMITTED":
                given[movement.line.commitment.collaborator] += movement.delta
        giving = [giver for giver, total in given.items() if total > 0]
        donors = [giver for giver in giving if not giver.is_aggregator]
        return {
            "total": len(giving),
            "organisations": sum(donor.kind != Kind.INDIVIDUAL for donor in donors),
            "individuals": sum(donor.kind == Kind.INDIVIDUAL for donor in donors),
            "aggregators": len(giving) - len(donors),
        }

    def area(self, needs: list[Need], phase: Phase, aid_type: AidType) -> tuple[int, int, int, int]:
        self.needs = needs
        rw = self.phase(phase)
        own = [self.stands[need.pk] for need in needs if need.aid_type == aid_type]
        return (
            sum(one["NEED"] for one in own),
            sum(one["COMMITTED"] for one in own),
            rw["rw_aided"],
            rw["rw_fulfilled"],
        )

    def phase(self, phase: Phase) -> dict[str, int]:
        by_rw: dict[str, list[Need]] = defaultdict(list)
        for need in self.needs:
            if need.phase_id == phase.pk and need.target.kind.is_area:
                by_rw[need.target.code].append(need)
        aided = [
            needs
            for needs in by_rw.values()
            if any(self.stands[need.pk]["COMMITTED"] > 0 for need in needs)
        ]
        return {
            "number": phase.number,
            "rw_aided": len(aided),
            "rw_fulfilled": sum(self._fulfilled(needs) for needs in aided),
        }

    def _fulfilled(self, needs: list[Need]) -> bool:
        stage = self.programme.fulfilment_stage
        counting = [
            self.stands[need.pk]
            for need in needs
            if need.aid_type.counts_toward_fulfilment and self.stands[need.pk]["NEED"] > 0
        ]
        return bool(counting) and all(one[stage] >= one["NEED"] for one in counting)
