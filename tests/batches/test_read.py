"""From a received file to rows that say what they would do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from ksbb.batches import inbox
from ksbb.batches.actions.read import claim_reading, read
from ksbb.batches.enums import State
from ksbb.batches.models import Batch, BatchRow
from ksbb.needs.models import Target
from tests.factories.batches import (
    HEADING,
    csv_of,
    effects,
    make_batch,
    read_file_of,
    receive_file,
)
from tests.factories.commitments import NOON
from tests.factories.needs import VILLAGE, make_target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_ground")]


def test_a_preview_says_what_is_new_changed_and_unchanged_and_writes_nothing() -> None:
    same, other = (make_target(families=n, counted_on=date(2020, 4, 30)) for n in (100, 90))

    batch = make_batch({1: 100, 2: 95, 3: 80})

    assert effects(batch) == {1: "UNCHANGED", 2: "CHANGED", 3: "NEW"}
    row = BatchRow.objects.get(batch=batch, rw=2)
    assert row.before
    assert row.after
    assert (row.before["families"], row.after["families"]) == (90, 95)
    assert batch.state == State.READY
    assert batch.tally["effect"] == {"UNCHANGED": 1, "CHANGED": 1, "NEW": 1}
    assert list(Target.objects.order_by("pk")) == [same, other]


def test_a_place_twice_in_a_file_is_taken_once() -> None:
    text = csv_of({1: 10}) + f"{VILLAGE},1,,11\n"

    batch = read_file_of(receive_file(text))

    assert list(batch.rows.values_list("effect", flat=True)) == ["NEW", "REFUSED"]


def test_what_is_not_said_is_not_zero() -> None:
    make_target(families=100, counted_on=date(2020, 4, 30))

    batch = make_batch({1: ""})

    assert effects(batch) == {1: "UNCHANGED"}


def test_the_file_itself_is_gone_once_it_was_read() -> None:
    batch = receive_file(csv_of({1: 10}))
    assert inbox.path_of(batch.kept).stat().st_mode & 0o777 == 0o600

    read_file_of(batch)

    with pytest.raises(inbox.FileGoneError):
        inbox.path_of(batch.kept)


def test_a_reading_that_was_deserted_is_done_again_from_the_start(settings: Settings) -> None:
    batch = receive_file(csv_of({1: 10, 2: 20}))
    claimed = claim_reading(batch.pk)
    assert claimed is not None
    BatchRow.objects.create(
        batch=batch, position=1, sheet="", source_row=1, kind="rw", status="accept", effect="NEW"
    )
    assert claim_reading() is None
    Batch.objects.filter(pk=batch.pk).update(worked_at="2020-01-01T00:00:00+00:00")

    again = claim_reading()

    assert again is not None
    read(again, today=NOON.date())
    assert effects(batch) == {1: "NEW", 2: "NEW"}
    assert not any(Path(settings.BATCH_INBOX).iterdir())


def test_an_identity_number_is_nowhere_in_the_database(settings: Settings) -> None:
    number = "3174051203800001"
    text = f"{HEADING},NIK\n{VILLAGE},1,,10,{number}\n{VILLAGE},2,,11,{number[:8]} {number[8:]}\n"

    read_file_of(receive_file(text, name=f"data {number}.csv"))

    assert number not in everything_stored()
    assert not any(Path(settings.BATCH_INBOX).iterdir())


def everything_stored() -> str:
    """Return all rows of all tables as one text, without the spaces of numbers."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [str(row) for row in cursor.fetchall()]
    return " ".join(said).replace(" ", "")
