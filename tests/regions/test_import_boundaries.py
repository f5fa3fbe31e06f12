"""`ksbb import_boundaries` as an operator runs it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from ksbb.audit.models import Entry
from ksbb.regions.actions.load import DKI_REGIONS
from ksbb.regions.models import Boundary, BoundarySource, Region
from ksbb.shared.errors import DomainError
from tests.factories.regions import make_region
from tests.regions.drawing import EAST, WEST, collection, feature, square, topology, written

pytestmark = pytest.mark.django_db

TRIAL = Path(os.environ.get("KSBB_TRIAL_BOUNDARIES", "none"))
"""A file of real outlines of DKI Jakarta (kota, kecamatan, kelurahan); none is ours to keep."""


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def load(file: Path, *options: str, licence: str = "ODbL 1.0", as_of: str = "2020-04-01") -> None:
    call_command("import_boundaries", str(file), "--licence", licence, "--as-of", as_of, *options)


def said(capsys: pytest.CaptureFixture[str]) -> list[int]:
    """Return the numbers of what the command answers: new, changed, as before, left out."""
    return [int(word) for word in capsys.readouterr().out.split() if word.isdigit()]


def test_outlines_are_kept_with_their_licence_source_and_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_region(WEST)
    make_region(EAST)

    load(written(tmp_path, topology()), "--source", "Warga Contoh")

    assert said(capsys) == [2, 0, 0, 0]
    west = Boundary.objects.get(pk=WEST)
    assert (west.west, west.south, west.east, west.north) == (106.7, -6.3, 106.8, -6.2)
    assert json.loads(west.geometry)["type"] == "Polygon"
    assert BoundarySource.objects.values_list("source", "licence", "as_of").get() == (
        "Warga Contoh",
        "ODbL 1.0",
        west.source.as_of,
    )
    assert Entry.objects.get(action="regions.load_boundaries").changes["created"] == 2


def test_loading_twice_changes_nothing_and_a_newer_file_replaces_the_older(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_region(WEST)
    make_region(EAST)
    file = written(tmp_path, topology())
    load(file)
    load(file)
    assert said(capsys) == [2, 0, 0, 0, 0, 0, 2, 0]

    load(written(tmp_path, feature(WEST, square(side=0.08))), as_of="2021-01-01")

    assert said(capsys) == [0, 1, 0, 0]
    assert Boundary.objects.get(pk=WEST).east == 106.78
    assert BoundarySource.objects.count() == 2
    load(written(tmp_path, topology()), as_of="2021-01-01")
    assert BoundarySource.objects.count() == 1


def test_areas_that_are_no_regions_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    make_region(WEST)
    file = written(tmp_path, collection(feature(WEST), feature(EAST, nama="Timur")))

    with pytest.raises(DomainError, match=rf"batas\.json.*1 .*{EAST} Timur.*Nothing was loaded"):
        load(file)

    assert (Boundary.objects.count(), BoundarySource.objects.count()) == (0, 0)


def test_the_operator_may_leave_them_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_region(WEST)

    load(written(tmp_path, collection(feature(WEST), feature(EAST))), "--known-only")

    assert said(capsys) == [1, 0, 0, 1]


def test_a_file_of_which_nothing_is_known_is_refused_all_the_same(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=WEST):
        load(written(tmp_path, feature(WEST)), "--known-only")


def test_codes_of_the_statistics_office_are_noticed_by_where_the_outline_lies(
    tmp_path: Path,
) -> None:
    make_region("31.71", "Pusat")
    Region.objects.filter(pk="31.71").update(lat=-6.18, lon=106.83)

    with pytest.raises(DomainError, match=r"elsewhere.*31\.71"):
        load(written(tmp_path, feature(3171, square(106.75, -6.36))))

    assert Boundary.objects.count() == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"as_of": "kemarin"}, "“kemarin” is not a date"),
        ({"licence": " "}, "under which licence"),
        ({"licence": "a" * 300}, "at most 200 characters"),
    ],
)
def test_what_is_shown_with_the_map_is_checked_too(
    options: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    make_region(WEST)

    with pytest.raises(DomainError, match=sentence):
        load(written(tmp_path, feature(WEST)), **options)

    assert (Boundary.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.skipif(
    not TRIAL.is_file(), reason="KSBB_TRIAL_BOUNDARIES names no file of outlines of DKI Jakarta"
)
def test_all_outlines_of_jakarta_find_their_regions(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_regions", str(DKI_REGIONS))

    load(TRIAL)

    assert said(capsys)[-4:] == [317, 0, 0, 0]
