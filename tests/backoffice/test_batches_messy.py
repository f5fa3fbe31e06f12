"""The example lists through the page; they do not lie in the repository."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from ksbb.audit.actors import SYSTEM
from ksbb.batches.models import Batch
from ksbb.regions.actions.load import DKI_ALIASES, DKI_REGIONS, load
from ksbb.regions.region_file import read_aliases, read_regions
from tests.architecture.source import ROOT
from tests.backoffice.desk import Officer
from tests.factories.commitments import NOON
from tests.factories.programmes import make_kind, make_programme

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

STATUS = {"accept", "warn"}


@pytest.fixture(autouse=True)
def _ground(settings: Settings, tmp_path: Path) -> None:
    settings.BATCH_INBOX = tmp_path / "inbox"
    load(
        regions=read_regions(DKI_REGIONS),
        aliases=read_aliases(DKI_ALIASES),
        actor=SYSTEM,
        now=NOON,
    )
    kinds = [make_kind(), *map(make_kind, ("pesantren", "panti-asuhan", "panti-jompo"))]
    make_programme().target_kinds.set([*kinds, make_kind("panti-disabilitas")])


@pytest.mark.parametrize("number", ["01", "03"])
def test_the_page_reads_an_example_as_it_is_expected(number: str, sari: Officer) -> None:
    file = next(MESSY.glob(f"{number}_*"))
    form = sari.form("impor/") | {"pengirim": "Contoh", "program": make_programme().slug}
    upload = SimpleUploadedFile(file.name, file.read_bytes())
    page = sari.client.post("/en/pokja/impor/", form | {"berkas": upload}).headers["Location"]

    answer = sari.client.get(f"{page}laporan.csv")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    got = {(one["sheet"], one["source_row"]): one for one in csv.DictReader(io.StringIO(text))}
    with (MESSY / "expected" / f"{number}_expected.csv").open(encoding="utf-8") as stream:
        expected = list(csv.DictReader(stream))
    places = Counter(
        got[(one["sheet"], one["source_row"])]["kelurahan_code"] == one["kelurahan_code"]
        and got[(one["sheet"], one["source_row"])]["kk_rentan"] == one["kk_rentan"]
        for one in expected
        if one["status"] in STATUS
    )
    assert places[False] == 0
    assert Batch.objects.get().rows.filter(status__in=STATUS).exists()
