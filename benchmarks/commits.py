"""Commitments per second: our actions beside the same work without Django."""

from __future__ import annotations

import os
import random
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import uuid4

from django.db import connection, connections

from benchmarks.book import check_book
from benchmarks.clients import run
from benchmarks.ground import Ground, lay
from benchmarks.raw_commits import SINGLE_PROMISE, SINGLE_RESERVE, RawClient
from benchmarks.results import PER_SECOND, Case, Goal
from benchmarks.setting import BEGUN, NOW
from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.commitments.actions.promise import promise
from ksbb.commitments.actions.reserve import LineRequest, NeedsFullError, reserve
from ksbb.commitments.actions.submit import Plan
from ksbb.needs.models import Need, NeedAdjustment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.clients import Work
    from benchmarks.sizes import Size

    Needs = Sequence[int]
    Commit = Callable[[Needs], object]
    Choose = Callable[[random.Random], Needs]

LINES: Final = 3
CLIENTS: Final = 8
CROWD: Final = 64
SCARCE: Final = 300
"""Fewer than the crowd wants before the clock starts: all is taken, however slow the machine."""
ENOUGH: Final = 1_000_000
"""What is added to each need, so that nobody can empty one while the clock runs."""

VISITOR: Final = Actor(channel=Channel.WEB)


class Contender(NamedTuple):
    """A way to make a commitment; `connect` is called by each client for itself."""

    name: str
    connect: Callable[[Ground], Commit]


def measure(size: Size) -> Iterator[Case]:
    """Yield the cases, measured on the database of this process."""
    ground = lay(**size.usual._asdict())
    ample = Need.objects.filter(pk__in=ground.needs, open__gt=50).order_by("pk")
    needs = list(ample.values_list("pk", flat=True))
    _add(needs, ENOUGH)
    spread = Case(
        title=f"{LINES} lines over {len(needs):,} needs, {CLIENTS} clients",
        unit=PER_SECOND,
        goals=[*_goals("reserve"), *_goals("promise")],
    )
    contenders = [*_contenders("reserve"), *_contenders("promise")]
    yield _compare(spread, contenders, ground, partial(_some, needs), CLIENTS, size)
    for clients in size.crowds:
        crowd = Case(
            title=f"1 line, all on one need, {clients} clients",
            unit=PER_SECOND,
            goals=[*_goals("reserve"), Goal("reserve", at_most=300)],
        )
        contenders = _contenders("reserve")
        yield _compare(crowd, contenders, ground, lambda _: needs[:1], clients, size)
    _sell_out(needs[1], ground, size)


def _some(needs: Needs, dice: random.Random) -> Needs:
    return sorted(dice.sample(needs, LINES))


def _compare(
    case: Case,
    contenders: list[Contender],
    ground: Ground,
    choose: Choose,
    clients: int,
    size: Size,
) -> Case:
    for _ in range(size.rounds):
        for contender in contenders:
            connections.close_all()
            session = partial(_session, contender.connect, ground, choose)
            taken = run(session, clients=clients, seconds=size.seconds)
            case.rounds.setdefault(contender.name, []).append(taken.per_second)
            case.p95_ms.setdefault(contender.name, []).append(taken.p95_ms)
    check_book()
    return case


def _session(
    connect: Callable[[Ground], Commit], ground: Ground, choose: Choose, number: int
) -> Work:
    commit, dice = connect(ground), random.Random(number)  # noqa: S311 - the same choice each time
    return lambda: commit(choose(dice))


def _sell_out(need: int, ground: Ground, size: Size) -> None:
    """Let a crowd empty one need: exactly its quantity must be taken, all others refused."""
    left = Need.objects.get(pk=need)
    _add([need], SCARCE - left.open)
    connections.close_all()

    def take_or_be_refused(needs: Needs) -> None:
        try:
            _reserve(ground, needs)
        except NeedsFullError:
            return

    session = partial(_session, lambda _: take_or_be_refused, ground, lambda _: [need])
    run(session, clients=CROWD, seconds=size.seconds)
    check_book()
    if Need.objects.get(pk=need).open:
        message = "Not everything was taken from the scarce need."
        raise RuntimeError(message)


def _add(needs: Needs, delta: int) -> None:
    NeedAdjustment.objects.bulk_create(
        NeedAdjustment(need_id=need, delta=delta, at=BEGUN, reason="bench", entry_id=1)
        for need in needs
    )


def _reserve(ground: Ground, needs: Needs) -> None:
    reserve(
        programme=ground.programme,
        collaborator=ground.collaborator,
        lines=[LineRequest(need, 1) for need in needs],
        actor=VISITOR,
        now=NOW,
        idempotency_key=uuid4().hex,
    )


def _promise(ground: Ground, needs: Needs) -> None:
    promise(
        programme=ground.programme,
        giver=ground.collaborator,
        lines=[LineRequest(need, 1) for need in needs],
        plan=Plan(planned_for=NOW.date(), delivery_window="MORNING", statement_accepted=True),
        actor=VISITOR,
        now=NOW,
        idempotency_key=uuid4().hex,
    )


def _contenders(verb: str) -> list[Contender]:
    """Return the action, and on PostgreSQL the same in raw psycopg: many statements, and one."""
    action = {"reserve": _reserve, "promise": _promise}[verb]
    contenders = [Contender(verb, lambda ground: partial(action, ground))]
    if connection.vendor == "postgresql":
        single = {"reserve": SINGLE_RESERVE, "promise": SINGLE_PROMISE}[verb]
        contenders += [
            Contender(f"{verb}, raw statements", lambda ground: getattr(_raw(ground), verb)),
            Contender(
                f"{verb}, one raw statement", lambda ground: partial(_raw(ground).single, single)
            ),
        ]
    return contenders


def _raw(ground: Ground) -> RawClient:
    return RawClient(os.environ["DATABASE_URL"], ground, NOW)


def _goals(verb: str) -> list[Goal]:
    if connection.vendor != "postgresql":
        return []
    return [
        Goal(verb, f"{verb}, raw statements", at_least=1.0),
        Goal(verb, f"{verb}, one raw statement", at_least=0.5),
    ]
