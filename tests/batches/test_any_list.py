"""Whatever somebody sends: no crash, never half a file, and no identity number anywhere."""

from __future__ import annotations

import csv
import io
import re
from random import Random
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksbb.batches.actions.commit import CommitRefusedError, commit
from ksbb.batches.actions.undo import undo
from ksbb.batches.enums import Effect, State
from ksbb.batches.models import BatchRow
from ksbb.needs.enums import Verification
from ksbb.needs.models import Target
from tests.batches.test_commit import snapshot, verified
from tests.batches.test_read import everything_stored
from tests.factories.batches import make_ground, read_file_of, receive_file
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import VILLAGE, make_target
from tests.recount import faults

pytestmark = pytest.mark.django_db

BY: Final[dict[str, Any]] = {"actor": DESK, "now": NOON}
HEADING: Final = ("Kode Kelurahan", "RW", "Jumlah KK", "KK Rentan", "Catatan", "NIK")
SECRET: Final = re.compile(r"(?<!\d)31740512038\d{5}(?!\d)")
DAMAGE: Final = ("", "-", "x", "-5", "1.234", "±150", "3174051203800009", "=1+1", "9" * 30, "RW V")

rows_of_somebody = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 400), st.integers(0, 99_999)), max_size=12
)


def damaged(rows: list[tuple[int, int, int]], seed: int) -> str:
    """Return a file with these rows shuffled, doubled and damaged, each with an identity number."""
    chance = Random(seed)  # noqa: S311 - damage, no secret
    lines = [
        [VILLAGE, str(rw), "", str(families), "", f"31740512038{person:05d}"]
        for rw, families, person in rows
    ]
    lines += [list(line) for line in lines if chance.random() < 0.3]
    for line in lines:
        if chance.random() < 0.4:
            line[chance.randrange(len(line))] = chance.choice(DAMAGE)
    chance.shuffle(lines)
    file = io.StringIO()
    csv.writer(file).writerows([HEADING, *lines])
    return file.getvalue()


@settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(rows=rows_of_somebody, seed=st.integers(0, 10_000))
def test_a_damaged_list_is_written_whole_or_not_at_all(
    rows: list[tuple[int, int, int]], seed: int
) -> None:
    Target.objects.filter(needs__isnull=True).delete()
    if not Target.objects.exists():
        make_ground()
        make_commitment({verified(100): 80})
        make_target(families=50, verification=Verification.PENDING)
    before = snapshot()

    batch = read_file_of(receive_file(damaged(rows, seed)))
    taken = BatchRow.objects.filter(batch=batch, effect__in=(Effect.NEW, Effect.CHANGED))
    assert snapshot() == before
    assert not SECRET.search(everything_stored())
    if batch.state == State.FAILED or not taken.exists():
        with pytest.raises(CommitRefusedError):
            commit(batch_id=batch.pk, **BY)
        assert snapshot() == before
        return
    commit(batch_id=batch.pk, **BY)

    places = {one.code: one for one in Target.objects.all()}
    for row in taken.all():
        assert row.written
        assert all(
            str(getattr(places[row.target_code], name) or "") == str(value or "")
            for name, value in (row.after or {}).items()
        )
    assert BatchRow.objects.filter(batch=batch, written=True).count() == taken.count()
    assert faults() == []
    undo(batch_id=batch.pk, reason="uji", **BY)
    assert snapshot() == before
