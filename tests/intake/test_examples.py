"""The example files give the expected row for each of theirs."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest

from ksbb.intake.ground import Count, Ground, Place
from ksbb.intake.reading import read_file
from ksbb.intake.report import report_row

SHARED = Path(os.environ.get("KSBB_SHARED") or Path(__file__).parents[3] / "shared")
DATA = SHARED / "data"

pytestmark = pytest.mark.skipif(
    not (DATA / "messy").is_dir(), reason="no example files: KSBB_SHARED names no folder with them"
)

FILES = {
    "01": "01_rekap_kk_per_rw_kel_duren_sawit.xlsx",
    "03": "03_target_ksbb_multi_sheet.xlsx",
    "04": "04_daftar_panti_pesantren.xlsx",
}


def _table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def ground() -> Ground:
    rws: defaultdict[str, dict[int, Count]] = defaultdict(dict)
    for row in _table("dki_rw.csv"):
        rws[row["kelurahan_code"]][int(row["rw"])] = Count()
    return Ground(
        places=[
            Place(row["code"], row["name"], lat=float(row["lat"]), lon=float(row["lon"]))
            for row in _table("dki_regions.csv")
        ],
        aliases=[(row["variant"], row["kelurahan_code"]) for row in _table("dki_name_aliases.csv")],
        rws=rws,
    )


@pytest.mark.parametrize("number", FILES)
def test_each_row_is_reported_as_expected(number: str, ground: Ground) -> None:
    expected = _table(f"messy/expected/{number}_expected.csv")
    wanted = [name for name in expected[0] if name != "reason"]

    reported = [
        report_row(row, "") for row in read_file(DATA / "messy" / FILES[number], ground=ground)
    ]

    assert [{name: row[name] for name in wanted} for row in reported] == [
        {name: row[name] for name in wanted} for row in expected
    ]
