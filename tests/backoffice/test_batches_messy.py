"""The example lists through the page; they do not lie in the repository."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from ksbb.audit.actors import SYSTEM
from ksbb.regions.actions.load import DKI_ALIASES, DKI_REGIONS, load
from ksbb.regions.region_file import read_aliases, read_regions
from tests.architecture.source import ROOT
from tests.backoffice.desk import Officer
from tests.factories.commitments import NOON
from tests.factories.programmes import make_kind, make_programme
from tests.factories.regions import make_region

SHARED = ROOT.parent / "shared"
MESSY = next(
    (
        one / "data" / "messy"
        for one in (SHARED, ROOT.parents[1] / "shared")
        if (one / "data" / "messy").is_dir()
    ),
    SHARED,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(MESSY.name != "messy", reason="the example lists are not beside the clone"),
]

LISTED = ("31.72.03.1006", "31.72.04.1004")
"""Kelurahan where an example names an RW that is on no list."""


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(autouse=True)
def _ground(settings: Settings, tmp_path: Path) -> None:
    settings.BATCH_INBOX = tmp_path / "inbox"
    load(
        regions=read_regions(DKI_REGIONS),
        aliases=read_aliases(DKI_ALIASES),
        actor=SYSTEM,
        now=NOON,
    )
    for row in _table(MESSY.parent / "dki_rw.csv"):
        if row["kelurahan_code"] in LISTED:
            make_region(row["rw_code"])
    kinds = [make_kind(), *map(make_kind, ("pesantren", "panti-asuhan", "panti-jompo"))]
    make_programme().target_kinds.set([*kinds, make_kind("panti-disabilitas")])


@pytest.mark.parametrize("number", ["01", "03", "04"])
def test_the_page_reports_each_row_of_an_example_as_expected(number: str, sari: Officer) -> None:
    file = next(MESSY.glob(f"{number}_*"))
    form = sari.form("impor/") | {"pengirim": "Contoh", "program": make_programme().slug}
    upload = SimpleUploadedFile(file.name, file.read_bytes())
    page = sari.client.post("/en/pokja/impor/", form | {"berkas": upload}).headers["Location"]

    answer = sari.client.get(f"{page}laporan.csv")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    got = list(csv.DictReader(io.StringIO(text)))
    expected = _table(MESSY / "expected" / f"{number}_expected.csv")
    wanted = [name for name in expected[0] if name != "reason"]
    assert [[one[name] for name in wanted] for one in got] == [
        [one[name] for name in wanted] for one in expected
    ]
