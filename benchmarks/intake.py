"""A spreadsheet read and checked, beside the bare copy of the same rows and the bare reader."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import psycopg
from python_calamine import load_workbook
from xlsxwriter import Workbook

from benchmarks.databases import SERVER
from benchmarks.results import Case, Goal
from ksbb.intake.ground import Ground, Place
from ksbb.intake.reading import read_file

if TYPE_CHECKING:
    from benchmarks.sizes import Size

OURS: Final = "read, checked and copied"
CHECKED: Final = "read and checked"
COPY: Final = "bare COPY of the clean rows"
KEPT: Final = "COPY into a table with keys and checks"
BARE: Final = "the bare reader"
ROUNDS: Final = 3
BESIDE_COPY: Final = 0.5
"""Rows per second of the whole beside the bare COPY: at most twice its time."""
MOST_MB: Final = 150
PER_VILLAGE: Final = 20
XLSX_SHARE: Final = 10
"""A workbook has a tenth of the rows of the csv file."""
HEADING: Final = ("Kode Kelurahan", "Kelurahan", "RW", "Jumlah KK", "KK Rentan", "Tanggal")
TABLE: Final = "CREATE TEMP TABLE clean (kelurahan text, rw int, kk int, kk_rentan int, day date)"
INTO: Final = "COPY clean FROM STDIN"
# What the reader knows of each row, told to the database: a known kelurahan, no place twice, counts
# that can be, each found again by its kelurahan.
GROUND: Final = "CREATE TEMP TABLE ground (code text PRIMARY KEY)"
CHECKS: Final = """CREATE TEMP TABLE clean (
    kelurahan text NOT NULL, rw int NOT NULL CHECK (rw BETWEEN 1 AND 999),
    kk int CHECK (kk >= 0), kk_rentan int CHECK (kk_rentan >= 0), day date,
    PRIMARY KEY (kelurahan, rw), CHECK (kk_rentan <= kk),
    FOREIGN KEY (kelurahan) REFERENCES ground (code))"""


def measure(size: Size) -> Iterator[Case]:
    """Yield a case for csv and for xlsx, and one for the memory both take."""
    with tempfile.TemporaryDirectory() as folder:
        rows = size.spreadsheet
        text, book = Path(folder) / "besar.csv", Path(folder) / "besar.xlsx"
        _write_csv(text, rows)
        _write_xlsx(book, rows // XLSX_SHARE)
        yield _beside_copy(text, rows)
        yield _beside_reader(book, rows // XLSX_SHARE)
        yield _memory(text, book, rows)


def _beside_copy(file: Path, rows: int) -> Case:
    ground = _ground(rows)
    clean = [_clean(row) for row in read_file(file, ground=ground)]
    assert len(clean) == rows
    works: dict[str, Callable[[], object]] = {CHECKED: lambda: _count(file, ground)}
    goals = []
    if SERVER:
        works[OURS] = lambda: _copy(map(_clean, read_file(file, ground=ground)))
        works[COPY] = lambda: _copy(iter(clean))
        works[KEPT] = lambda: _copy_checked(clean)
        goals = [Goal(OURS, other, at_least=BESIDE_COPY) for other in (COPY, KEPT)]
    case = Case(title=f"{rows:,} rows of csv", unit="rows per second", goals=goals)
    return _take_turns(case, works, rows)


def _beside_reader(file: Path, rows: int) -> Case:
    ground = _ground(rows)
    case = Case(title=f"{rows:,} rows of xlsx", unit="rows per second")
    works = {CHECKED: lambda: _count(file, ground), BARE: lambda: _bare(file)}
    return _take_turns(case, works, rows)


def _take_turns(case: Case, works: dict[str, Callable[[], object]], rows: int) -> Case:
    for _ in range(ROUNDS):
        for name, work in works.items():
            begun = time.perf_counter()
            work()
            seconds = time.perf_counter() - begun
            case.rounds.setdefault(name, []).append(rows / seconds)
    return case


def _memory(text: Path, book: Path, rows: int) -> Case:
    case = Case(title="most memory beyond the list of places", unit="MB")
    for file, count in ((text, rows), (book, rows // XLSX_SHARE)):
        name = f"{count:,} rows of {file.suffix[1:]}"
        case.rounds[name] = [_peak(file, count)]
        case.goals.append(Goal(name, at_most=MOST_MB, unit="MB"))
    return case


def _peak(file: Path, rows: int) -> float:
    """Return by how many MB a process of its own grows while it reads a file."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_grow, args=(sender, file, rows))
    process.start()
    # Without this a process that fails would be waited for to the end of days.
    sender.close()
    grown: float = receiver.recv()
    process.join()
    return grown


def _grow(sender: Any, file: Path, rows: int) -> None:
    ground = _ground(rows)
    before = _megabytes("VmRSS")
    assert _count(file, ground) == rows
    sender.send(_megabytes("VmHWM") - before)


def _megabytes(name: str) -> float:
    """Return what Linux says of this process: memory now (VmRSS), or at most so far (VmHWM)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0]) / 1024


def _count(file: Path, ground: Ground) -> int:
    return sum(1 for row in read_file(file, ground=ground) if row.code)


def _clean(row: Any) -> tuple[object, ...]:
    return row.kelurahan_code, row.rw, row.kk, row.kk_rentan, row.as_of


def _copy(rows: Iterator[tuple[object, ...]]) -> None:
    with psycopg.connect(SERVER) as connection, connection.cursor() as cursor:
        cursor.execute(TABLE)
        with cursor.copy(INTO) as copy:
            for row in rows:
                copy.write_row(row)


def _copy_checked(rows: list[tuple[object, ...]]) -> None:
    with psycopg.connect(SERVER) as connection, connection.cursor() as cursor:
        cursor.execute(GROUND)
        with cursor.copy("COPY ground FROM STDIN") as copy:
            for village in {row[0] for row in rows}:
                copy.write_row((village,))
        cursor.execute(CHECKS)
        with cursor.copy(INTO) as copy:
            for row in rows:
                copy.write_row(row)


def _bare(file: Path) -> None:
    with load_workbook(file) as book:
        for _ in book.get_sheet_by_index(0).iter_rows():
            pass


def _villages(rows: int) -> Iterator[Place]:
    for number in range(-(-rows // PER_VILLAGE)):
        district, last = divmod(number, 10)
        city, district = divmod(district, 90)
        yield Place(f"31.{10 + city:02d}.{10 + district:02d}.{1001 + last}", f"Contoh {number}")


def _ground(rows: int) -> Ground:
    return Ground(places=[Place("31", "Contoh"), *_villages(rows)])


def _rows(rows: int) -> Iterator[tuple[str, str, str, str, int, str]]:
    rng = Random(4)  # noqa: S311 - numbers of an example
    for village in _villages(rows):
        for rw in range(1, PER_VILLAGE + 1):
            families = f"{rng.randint(300, 2_500):,}".replace(",", ".")
            poor = rng.randint(40, 290)
            yield village.code, village.name, f"RW {rw:02d}", families, poor, "3 Mei 2020"


def _write_csv(file: Path, rows: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(HEADING)
        writer.writerows(_rows(rows))


def _write_xlsx(file: Path, rows: int) -> None:
    with Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, HEADING)
        for number, row in enumerate(_rows(rows), start=1):
            sheet.write_row(number, 0, row)
