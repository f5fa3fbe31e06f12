"""Closing what was written since: rows become seals, and all heads one published digest.

Nothing of this runs while somebody commits. The chain is made afterwards, from what stands, so a
commit writes not one byte more than before; what is not sealed yet is guarded by the database's
refusal alone, for a day at most.
"""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ksbb.audit.chain import (
    BEGINNING,
    ROWS_PER_SEAL,
    chained_tables,
    columns_of,
    digest_of_heads,
    links,
    rows_of,
)
from ksbb.audit.models import Digest, Seal
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

_WRITERS: Final = """
    SELECT backend_xid::text FROM pg_stat_activity
    WHERE backend_xid IS NOT NULL AND datname = current_database() AND pid <> pg_backend_pid()
"""
_ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtextextended('ksbb.audit.seal', 0))"

DRAWN_SECONDS: Final = 0.05
"""Between drawing a key and having a transaction lie microseconds; this is long after."""

PATIENCE_SECONDS: Final = 60


class WritersAtWorkError(DomainError):
    """Somebody has been writing for so long that rows before the newest may still appear."""


def seal(*, now: datetime, patience: float = PATIENCE_SECONDS) -> Digest | None:
    """Seal all rows written so far; return the digest to publish, None where nothing is new.

    Raises WritersAtWorkError where a writer of now is still at work after `patience` seconds:
    PostgreSQL numbers a row before it commits, and a number below a seal must not come later.
    """
    ends = {table: rows_of(table).aggregate(last=Max("pk"))["last"] or 0 for table in _tables()}
    _wait_for_writers(patience)
    for table, last in ends.items():
        while _seal_some(table, last, now):
            pass
    return _publish(now)


def _tables() -> list[str]:
    # Also a table whose guard was taken away: its chain goes on, and the check says so.
    sealed = set(Seal.objects.values_list("table", flat=True).distinct())
    return sorted(sealed | set(chained_tables()))


def _wait_for_writers(patience: float) -> None:
    if connection.vendor != "postgresql":
        return
    time.sleep(DRAWN_SECONDS)
    waited_for = _writers()
    until = time.monotonic() + patience
    while waited_for & _writers():
        if time.monotonic() > until:
            raise WritersAtWorkError(
                _("Somebody has been writing for a long time. Nothing was sealed; try again later.")
            )
        time.sleep(DRAWN_SECONDS)


def _writers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS)
        return {one for (one,) in cursor.fetchall()}


@transaction.atomic
def _seal_some(table: str, last: int, now: datetime) -> bool:
    """Seal the next rows of a table up to its row `last`; tell whether there were any."""
    _wait_for_turn()
    before = Seal.objects.filter(table=table).order_by("number").last()
    columns = columns_of(table)
    rows = rows_of(table).filter(pk__gt=before.last if before else 0, pk__lte=last)
    found = islice(rows.values_list("pk", *columns).iterator(), ROWS_PER_SEAL)
    made = list(links(found, columns, before.digest if before else BEGINNING))
    if not made:
        return False
    Seal.objects.create(
        table=table,
        number=before.number + 1 if before else 1,
        first=made[0].key,
        last=made[-1].key,
        rows=len(made),
        columns=columns,
        marks=b"".join(link.mark for link in made),
        previous=before.digest if before else BEGINNING,
        digest=made[-1].digest,
        at=now,
    )
    return True


@transaction.atomic
def _publish(now: datetime) -> Digest | None:
    _wait_for_turn()
    before = Digest.objects.order_by("number").last()
    heads = heads_of_chains()
    if not heads or (before and before.heads == heads):
        return None
    previous = before.digest if before else BEGINNING
    return Digest.objects.create(
        number=before.number + 1 if before else 1,
        at=now,
        heads=heads,
        previous=previous,
        digest=digest_of_heads(previous, now, heads),
    )


def heads_of_chains() -> dict[str, dict[str, object]]:
    """Return by table how many rows are sealed, up to which, and the digest over all of them."""
    heads: dict[str, dict[str, object]] = {}
    for one in Seal.objects.order_by("table", "number").defer("marks"):
        rows = int(str(heads.get(one.table, {}).get("rows", 0))) + one.rows
        heads[one.table] = {"rows": rows, "last": one.last, "digest": one.digest}
    return heads


def _wait_for_turn() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME)
