"""Files of targets, as small csv texts that are received, read and written by the real actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ksbb.batches import inbox
from ksbb.batches.actions.read import claim_reading, read
from ksbb.batches.actions.receive import Letter, receive
from ksbb.batches.models import Batch, BatchRow
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import VILLAGE
from tests.factories.programmes import make_kind, make_phase, make_programme, make_rule
from tests.factories.regions import make_region

HEADING = "Kode Kelurahan,RW,KK,KK Rentan"


def make_ground() -> None:
    """Make an open programme with one rule for RW, phase 2 still running and a kelurahan."""
    make_programme().target_kinds.add(make_kind())
    make_phase(2)
    make_rule()
    make_region(VILLAGE, "Kebayoran Lama Selatan")


def csv_of(families: dict[int, int | str], *, village: str = VILLAGE) -> str:
    """Return a file with the vulnerable families of RW by their numbers."""
    lines = [f"{village},{rw},,{count}" for rw, count in families.items()]
    return "\n".join([HEADING, *lines, ""])


def receive_file(text: str | bytes, *, name: str = "rekap.csv", **fields: Any) -> Batch:
    """Return a file that was taken in and not read yet."""
    content = text.encode() if isinstance(text, str) else text
    defaults: dict[str, Any] = {
        "programme": make_programme(),
        "letter": Letter(sender="Kelurahan Contoh", counted_on=date(2020, 4, 30)),
        "actor": DESK,
        "now": NOON,
    }
    return receive(kept=inbox.keep([content]), name=name, **defaults | fields)


def read_file_of(batch: Batch, *, now: datetime = NOON) -> Batch:
    """Read a file that waits, and return it as it is then."""
    claimed = claim_reading(batch.pk)
    assert claimed is not None
    read(claimed, today=now.date())
    return Batch.objects.get(pk=batch.pk)


def make_batch(families: dict[int, int | str], **fields: Any) -> Batch:
    """Return a file that was read and is ready to be looked at."""
    return read_file_of(receive_file(csv_of(families), **fields))


def effects(batch: Batch) -> dict[int | None, str]:
    """Return what each RW of a file does to the book."""
    rows = BatchRow.objects.filter(batch=batch, rw__isnull=False)
    return dict(rows.order_by("position").values_list("rw", "effect"))
