"""Whatever is done to a file, the reader neither falls nor lets a number of a person through."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksbb.intake.errors import UnreadableError
from ksbb.intake.reading import Reading, read_file
from ksbb.intake.rows import Status
from tests.factories.intake import make_ground

NIK = "3175071203850003"
PHONE = "081234567890"
HEADINGS = ["No", "Kelurahan", "RW", "Jumlah KK", "KK Rentan", "Nama", "NIK", "Keterangan"]
ROWS = [
    ["1", "Klender", "RW 01", "900", "90", "Contoh Satu", NIK, ""],
    ["2", "Kel. Papango", "007", "1.045", "±150", "Contoh Dua", "", PHONE],
    ["3", "Jatinegara", "VIII", "2.362", "-", "Contoh Tiga", "3175 0712 0385 0003", "revisi"],
    ["4", "3175071003", "1 s/d 3", "800", "80", "Contoh Empat", NIK, f"NIK {NIK}"],
    ["JUMLAH", "", "", "3.000", "300", "", "", ""],
]
DAMAGE = st.sampled_from(
    [
        *(NIK, PHONE, f"Klender {NIK}", "", "-", "\x00", "\ufeff", '"', ";", "=1+1", "1e999"),
        *("9" * 40, "RW", "#REF!", "\u0663", "½", "\u2167", "(1)", "JUMLAH", "31.75.7.1001"),
        *("3172070004", "a" * 5_000),
    ]
)
GROUND = make_ground()
GOING_IN = {Status.ACCEPT, Status.WARN}


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    order=st.integers(0, 10_000),
    copies=st.integers(1, 3),
    damage=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9), DAMAGE), max_size=12),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_damaged_doubled_and_shuffled_rows_never_let_a_person_through(
    tmp_path: Path,
    order: int,
    copies: int,
    damage: list[tuple[int, int, str]],
    delimiter: str,
    encoding: str,
) -> None:
    rows = [list(row) for row in ROWS * copies]
    Random(order).shuffle(rows)  # noqa: S311 - an order, no secret
    table = [list(HEADINGS), *rows]
    for line, column, text in damage:
        row = table[line % len(table)]
        if column >= len(row):
            row.append(text)
        else:
            row[column] = text
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(table)
    file = tmp_path / "daftar.csv"
    file.write_bytes(stream.getvalue().encode(encoding, "replace"))

    said = _said(read_file(file, ground=GROUND))

    bare = re.sub(r"[\s.\-]", "", said)
    assert NIK not in bare
    assert PHONE not in bare
    assert "Contoh" not in said


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=st.binary(max_size=400), head=st.sampled_from([b"", b"PK\x03\x04", b"<table>"]))
def test_any_bytes_are_rows_or_one_refusal(tmp_path: Path, content: bytes, head: bytes) -> None:
    file = tmp_path / "any"
    file.write_bytes(head + content)
    with suppress(UnreadableError):
        _said(read_file(file, ground=GROUND))


def _said(reading: Reading) -> str:
    """Return all that leaves the reader, as text; rows that go in are whole."""
    rows = []
    try:
        for row in reading:
            assert row.status not in GOING_IN or (row.kelurahan_code and row.rw)
            rows.append(repr(row))
    except UnreadableError as error:
        rows.append(repr(error.values))
    return "\n".join([*rows, repr(reading.summary)])
