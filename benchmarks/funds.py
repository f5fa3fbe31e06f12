"""The money ledger: postings per second, a gift's trace, a long statement, and a long past."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from functools import partial
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import uuid4

import psycopg
from django.db import connection, connections

from benchmarks.books import timed
from benchmarks.bulk import Table, fill
from benchmarks.clients import run
from benchmarks.ground import lay
from benchmarks.results import MILLISECONDS, PER_SECOND, Case, Goal
from benchmarks.setting import BEGUN, NOW
from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.collaborators.models import Collaborator
from ksbb.funds.actions.spend import pay_cost
from ksbb.funds.enums import AccountKind, GiftKind, GiftState, Reason
from ksbb.funds.models import Account, Gift, Lot, Posting
from ksbb.funds.queries_close import unspent_at
from ksbb.funds.queries_money import money_with
from ksbb.funds.queries_statement import entries_of, statement_of
from ksbb.funds.queries_trace import trace_of
from ksbb.portal.funds.statement_xlsx import statement_xlsx
from ksbb.programmes.models import Programme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from multiprocessing.connection import Connection

    from benchmarks.clients import Work
    from benchmarks.sizes import Size

TARGETS: Final = 2_700
MOVEMENTS: Final = 10_000
CLIENTS: Final = 8
"""Each posts for an aggregator of its own; one aggregator has one purse, and so one at a time."""

RUPIAH: Final = 10**12
PACKAGES, PER_LINE, PRICE = 100_000, 50, 200_000
FLAT: Final = 1.5
LASTS: Final = timedelta(days=27)
"""So long is the past of the book with a long past; its entries are spread evenly over it."""

PART: Final = 10
"""A short statement holds one entry in so many of a long one."""

MEMORY_MB: Final = 64
"""So much memory a statement may take of its own, however long it is."""

OFFICE: Final = Actor(channel=Channel.WEB)

_BY_HAND: Final = """
    SELECT m.balance, g.balance, l.id, t.code, t.name, c.code
    FROM funds_account m
    JOIN funds_account g ON g.line_id = m.line_id AND g.lot_id = m.lot_id AND g.kind = m.kind
        AND g.aid_type_id IS NOT NULL
    JOIN commitments_commitmentline l ON l.id = m.line_id
    JOIN commitments_commitment c ON c.id = l.commitment_id
    JOIN needs_need n ON n.id = l.need_id JOIN needs_target t ON t.id = n.target_id
    WHERE m.gift_id = %s AND m.aid_type_id IS NULL AND m.balance > 0
        AND m.kind IN ('ALLOTTED', 'DELIVERED')
"""
_ALL: Final = """
    SELECT sum(CASE WHEN debit_id = %s THEN amount ELSE -amount END) FROM funds_posting
    WHERE at < %s AND (debit_id = %s OR credit_id = %s)
"""
_PURSE: Final = """
    SELECT a.id, a.balance FROM funds_account a JOIN funds_gift g ON g.id = a.gift_id
    WHERE a.aggregator_id = %s AND a.kind = 'CASH' AND a.balance > 0 AND g.state = 'CONFIRMED'
    ORDER BY a.id FOR NO KEY UPDATE OF a
"""
_ENTRY: Final = """
    INSERT INTO audit_entry
        (at, channel, action, object_type, object_id, reason, changes, idempotency_key, fingerprint)
    VALUES (%s, 'WEB', 'funds.pay_cost', 'collaborators.collaborator', %s, 'bench',
        '{"amount": 1}', %s, %s) RETURNING id
"""
_POSTING: Final = """
    INSERT INTO funds_posting (debit_id, credit_id, amount, reason, at, entry_id)
    VALUES (%s, %s, 1, 'COST', %s, %s)
"""


class Purse(NamedTuple):
    """The accounts of one aggregator with one gift."""

    aggregator: Collaborator
    gift: Gift
    given: int
    cash: int
    costs: int


def measure(size: Size) -> Iterator[Case]:
    """Yield the cases, measured on the database of this process."""
    programme = lay(targets=TARGETS, movements=MOVEMENTS).programme
    old, *young = [_purse(one, number) for number, one in enumerate(_aggregators())]
    entries = size.movements[-1]
    traced = _traced(programme, young[0].aggregator)
    _load(old, young, entries, traced)
    yield _per_second(young, programme, size)
    yield _trace(traced, size)
    yield from _flat(old, young[1], programme, entries, size)
    yield from _statements(old, entries)


def _aggregators() -> list[Collaborator]:
    chosen = list(Collaborator.objects.order_by("pk")[: CLIENTS + 1])
    Collaborator.objects.filter(pk__in=[one.pk for one in chosen]).update(is_aggregator=True)
    return chosen


def _purse(aggregator: Collaborator, number: int) -> Purse:
    gift = _gift(aggregator, f"OLD{number:06d}", RUPIAH)
    first = number * 3 + 1
    return Purse(aggregator, gift, first, first + 1, first + 2)


def _gift(aggregator: Collaborator, code: str, amount: int) -> Gift:
    programme = Programme.objects.get()
    return Gift.objects.create(
        code=code,
        programme=programme,
        phase=programme.phases.get(number=1),
        donor=Collaborator.objects.order_by("-pk")[0],
        aggregator=aggregator,
        kind=GiftKind.MONEY,
        state=GiftState.CONFIRMED,
        declared=amount,
        counted=amount,
        accepted=amount,
        declared_at=BEGUN,
        decided_at=BEGUN,
        receipt_number=code,
        is_example=True,
    )


def _traced(programme: Programme, aggregator: Collaborator) -> Gift:
    """Return a gift that paid for all packages of a lot, handed over on two thousand lines."""
    gift = _gift(aggregator, "TRACED", PACKAGES * PRICE)
    Lot.objects.create(
        aggregator=aggregator,
        programme=programme,
        aid_type=programme.aid_types.order_by("pk")[0],
        quantity=PACKAGES,
        unit_price=PRICE,
        supplier="Contoh",
        invoice="1",
        at=BEGUN,
        is_example=True,
    )
    return gift


def _load(old: Purse, young: list[Purse], entries: int, traced: Gift) -> None:
    """Write accounts with their balances, and the long past of one of them."""
    columns = "id, aggregator_id, kind, aid_type_id, gift_id, lot_id, line_id, balance"
    accounts = [
        row for one in (old, *young) for row in _accounts(one, entries if one is old else 0)
    ]
    lot = Lot.objects.get()
    lines = range(1, PACKAGES // PER_LINE + 1)
    who, kind = lot.aggregator_id, AccountKind.DELIVERED
    first = len(accounts) + 1
    for line in lines:
        goods = (first, who, kind, lot.aid_type_id, None, lot.pk, line, PER_LINE)
        money = (first + 1, who, kind, None, traced.pk, lot.pk, line, PER_LINE * PRICE)
        accounts += [goods, money]
        first += 2
    fill(
        Table(Account, columns, accounts),
        Table(Posting, "debit_id, credit_id, amount, reason, at, entry_id", _past(old, entries)),
    )


def _accounts(purse: Purse, spent: int) -> list[tuple[Any, ...]]:
    who, gift = purse.aggregator.pk, purse.gift.pk
    balances = (
        (purse.given, AccountKind.GIVEN, -RUPIAH),
        (purse.cash, AccountKind.CASH, RUPIAH - spent),
        (purse.costs, AccountKind.COSTS, spent),
    )
    return [(key, who, kind, None, gift, None, None, sum_) for key, kind, sum_ in balances]


def _past(old: Purse, entries: int) -> Iterator[tuple[Any, ...]]:
    for number in range(entries):
        at = BEGUN + LASTS * (number / entries)
        yield old.costs, old.cash, 1, Reason.COST, at, 1


def _per_second(young: list[Purse], programme: Programme, size: Size) -> Case:
    case = Case(
        title=f"one posting with its audit row, {CLIENTS} clients, each in a book of its own",
        unit=PER_SECOND,
        goals=[Goal("pay_cost", "raw statements", at_least=0.5)] if _is_postgresql() else [],
    )
    contenders = {"pay_cost": partial(_ours, young, programme)}
    if _is_postgresql():
        contenders["raw statements"] = partial(_raw, young)
    for _ in range(size.rounds):
        for name, session in contenders.items():
            connections.close_all()
            taken = run(session, clients=CLIENTS, seconds=size.seconds)
            case.rounds.setdefault(name, []).append(taken.per_second)
            case.p95_ms.setdefault(name, []).append(taken.p95_ms)
    return case


def _ours(young: list[Purse], programme: Programme, number: int) -> Work:
    return partial(_pay, young[number % len(young)], programme)


def _pay(purse: Purse, programme: Programme) -> None:
    pay_cost(
        aggregator=purse.aggregator,
        programme=programme,
        amount=1,
        what_for="bench",
        actor=OFFICE,
        now=NOW,
        idempotency_key=uuid4().hex,
    )


def _raw(young: list[Purse], number: int) -> Work:
    purse = young[number % len(young)]
    client = psycopg.connect(os.environ["DATABASE_URL"])

    def post() -> None:
        key = uuid4().hex
        with client.transaction(), client.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
            cursor.execute("SELECT id FROM audit_entry WHERE idempotency_key = %s", [key])
            cursor.execute(_PURSE, [purse.aggregator.pk])
            assert cursor.fetchall()
            cursor.execute(_ENTRY, [NOW, str(purse.aggregator.pk), key, "f" * 64])
            row = cursor.fetchone()
            assert row
            cursor.execute(_POSTING, [purse.costs, purse.cash, NOW, row[0]])

    return post


def _trace(gift: Gift, size: Size) -> Case:
    case = Case(
        title=f"trace of one gift through {PACKAGES:,} packages for {PACKAGES // PER_LINE:,} needs",
        unit=MILLISECONDS,
        goals=[Goal("trace_of", at_most=500)],
    )
    steps = trace_of(gift).steps
    assert sum(step.rupiah for step in steps) == PACKAGES * PRICE
    works: dict[str, Callable[[], object]] = {
        "trace_of": lambda: trace_of(gift),
        "bare SQL": lambda: _rows(_BY_HAND, [gift.pk]),
    }
    return _turns(case, works, size)


def _flat(
    old: Purse, young: Purse, programme: Programme, entries: int, size: Size
) -> Iterator[Case]:
    """Yield what must not cost more in a book with a long past than in a new one."""
    day = NOW - timedelta(days=1)
    past, new = f"{entries:,} old entries", "no old entries"
    for title, work in (
        ("one posting by one client", partial(_pay, programme=programme)),
        ("money of an aggregator", lambda one: money_with(one.aggregator, programme)),
        ("money at the end of a past day", lambda one: unspent_at(one.aggregator, day)),
    ):
        goal = Goal(past, new, at_most=FLAT)
        case = Case(title=title, unit=MILLISECONDS, goals=[goal])
        works: dict[str, Callable[[], object]] = {
            past: partial(work, old),
            new: partial(work, young),
        }
        if title.startswith("money at"):
            sides = [old.cash, day, old.cash, old.cash]
            works["plain sum over all"] = partial(_rows, _ALL, sides)
        yield _turns(case, works, size)


def _statements(old: Purse, entries: int) -> Iterator[Case]:
    """Yield how fast a statement is written, and how much memory it takes, short and long."""
    speed = Case(title="statement of a period as xlsx, with every entry", unit="rows per second")
    memory = Case(title="most memory beyond what the process had before", unit="MB")
    for rows in (entries // PART, entries):
        name = f"{rows:,} entries"
        until = BEGUN + LASTS * (rows / entries)
        seconds, grown = _apart(partial(_write, old.aggregator, until))
        speed.rounds[name], memory.rounds[name] = [rows / seconds], [grown]
        memory.goals.append(Goal(name, at_most=MEMORY_MB, unit="MB"))
    rows = entries // PART
    seconds, _grown = _apart(partial(_write_alike, old.aggregator, rows))
    speed.rounds[f"the writer with {rows:,} rows from memory"] = [rows / seconds]
    yield speed
    yield memory


def _write(aggregator: Collaborator, until: datetime) -> None:
    found = statement_of(aggregator, BEGUN, until)
    statement_xlsx(aggregator, found, entries_of(aggregator, BEGUN, until), NOW).close()


def _write_alike(aggregator: Collaborator, rows: int) -> None:
    found = statement_of(aggregator, BEGUN, BEGUN)
    row = next(entries_of(aggregator, BEGUN, NOW))
    statement_xlsx(aggregator, found, repeat(row, rows), NOW).close()


def _apart(work: Callable[[], None]) -> tuple[float, float]:
    """Do some work in a process of its own; return its seconds and by how many MB that grew."""
    connections.close_all()
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_watched, args=(work, sender))
    process.start()
    sender.close()
    taken: tuple[float, float] = receiver.recv()
    process.join()
    return taken


def _watched(work: Callable[[], None], sender: Connection) -> None:
    Path("/proc/self/clear_refs").write_text("5")
    before, begun = _megabytes("VmRSS"), time.perf_counter()
    work()
    sender.send((time.perf_counter() - begun, _megabytes("VmHWM") - before))


def _megabytes(name: str) -> float:
    """Return what Linux says of this process: memory now (VmRSS), or at most so far (VmHWM)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0]) / 1024


def _turns(case: Case, works: dict[str, Callable[[], object]], size: Size) -> Case:
    for work in works.values():
        work()
    for _ in range(size.rounds):
        for name, work in works.items():
            times = sorted(timed(work) for _ in range(size.repeats))
            case.rounds.setdefault(name, []).append(times[len(times) // 2])
    return case


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"
