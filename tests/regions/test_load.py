from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from ksbb.audit.actors import SYSTEM
from ksbb.audit.models import Entry
from ksbb.regions.actions.load import DKI_ALIASES, DKI_REGIONS, Loaded, load
from ksbb.regions.csv_file import BadFileError
from ksbb.regions.models import Region, RegionAlias
from ksbb.regions.region_file import read_aliases, read_regions
from ksbb.regions.search import search_places
from ksbb.shared.clock import WIB

pytestmark = pytest.mark.django_db

NOW = datetime(2020, 4, 24, 8, tzinfo=WIB)


def load_text(tmp_path: Path, text: str, aliases: str = "") -> Loaded:
    (tmp_path / "regions.csv").write_text(text, encoding="utf-8")
    (tmp_path / "aliases.csv").write_text("variant,code\n" + aliases, encoding="utf-8")
    return load(
        regions=read_regions(tmp_path / "regions.csv"),
        aliases=read_aliases(tmp_path / "aliases.csv"),
        actor=SYSTEM,
        now=NOW,
    )


def load_jakarta() -> Loaded:
    return load(
        regions=read_regions(DKI_REGIONS),
        aliases=read_aliases(DKI_ALIASES),
        actor=SYSTEM,
        now=NOW,
    )


def test_loading_twice_changes_nothing_the_second_time() -> None:
    first = load_jakarta()
    second = load_jakarta()

    assert first == Loaded(created=318, updated=0, unchanged=0, aliases=34)
    assert second == Loaded(created=0, updated=0, unchanged=318, aliases=0)
    assert (Region.objects.count(), RegionAlias.objects.count()) == (318, 34)


def test_an_example_that_a_file_names_is_none_any_more() -> None:
    load_jakarta()
    Region.objects.filter(code="31.74.05.1002").update(is_example=True)

    again = load_jakarta()

    assert (again.updated, again.unchanged) == (1, 317)
    assert not Region.objects.filter(is_example=True).exists()


def test_a_loaded_region_has_everything_the_file_says() -> None:
    load_jakarta()

    pinang = Region.objects.get(code="31.74.05.1002")
    assert (pinang.name, pinang.level, pinang.parent_id) == ("Pondok Pinang", "VILLAGE", "31.74.05")
    assert (pinang.postal_code, pinang.is_official, pinang.is_example) == ("12310", True, False)
    assert (round(pinang.lat or 0, 1), round(pinang.lon or 0, 1)) == (-6.3, 106.8)


def test_a_region_that_differs_is_brought_up_to_date(tmp_path: Path) -> None:
    load_text(tmp_path, "code,name,level,parent_code,postal\n31,Jakarta,provinsi,,10110\n")

    loaded = load_text(tmp_path, "code,name,level,parent_code\n31,DKI Jakarta,provinsi,\n")

    assert loaded == Loaded(created=0, updated=1, unchanged=0)
    region = Region.objects.get(code="31")
    assert region.name == "DKI Jakarta"
    # The second file has no such column, so it does not say that there is none.
    assert region.postal_code == "10110"


def test_a_kelurahan_split_off_before_it_has_a_code_is_provisional(tmp_path: Path) -> None:
    load_jakarta()

    load_text(
        tmp_path,
        "code,name,level,parent_code,valid_from,predecessors\n"
        "31.73.01.9001,Kapuk Timur,kelurahan,31.73.01,2025-12-31,31.73.01.1005\n",
    )

    east = Region.objects.get(code="31.73.01.9001")
    assert (east.is_official, east.valid_from) == (False, date(2025, 12, 31))
    assert [region.name for region in east.predecessors.all()] == ["Kapuk"]


def test_children_may_stand_before_their_parents(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path, "code,name,level,parent_code\n31.74,Jaksel,kota,31\n31,DKI,provinsi,\n"
    )

    assert loaded.created == 2


@pytest.mark.parametrize(
    ("regions", "aliases"),
    [
        ("31,DKI,provinsi,,\n31.75.01,Matraman,kecamatan,31.75,\n", ""),
        ("31,DKI,provinsi,,\n31.75,Jaktim,kota,31,31.76\n", ""),
        ("31,DKI,provinsi,,\n31.75,Jaktim,kota,31,\n", "DKI,31\nJaktim,31.76\n"),
    ],
)
def test_one_unknown_region_leaves_everything_unwritten(
    tmp_path: Path, regions: str, aliases: str
) -> None:
    with pytest.raises(BadFileError, match=r"31\.7[56]") as refusal:
        load_text(tmp_path, f"code,name,level,parent_code,predecessors\n{regions}", aliases)

    assert [problem.line for problem in refusal.value.problems] == [3]
    assert (Region.objects.count(), Entry.objects.count()) == (0, 0)


def test_an_empty_file_loads_nothing(tmp_path: Path) -> None:
    loaded = load_text(tmp_path, "code,name,level,parent_code\n")

    assert loaded == Loaded(created=0, updated=0, unchanged=0)


def test_who_loaded_what_is_written_down(tmp_path: Path) -> None:
    load_text(tmp_path, "code,name,level,parent_code\n31,DKI,provinsi,\n", "Jakarta,31\n")

    entry = Entry.objects.get()
    assert (entry.action, entry.object_type, entry.object_id) == (
        "regions.load",
        "regions.region",
        "31",
    )
    assert (entry.at, entry.channel) == (NOW, SYSTEM.channel)
    assert entry.changes == {
        "file": "regions.csv",
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "aliases": 1,
    }


def test_what_was_loaded_is_found_at_once(
    tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = search_places("Jakarta")

    with django_capture_on_commit_callbacks(execute=True):
        load_text(tmp_path, "code,name,level,parent_code\n31,Jakarta,provinsi,\n")

    assert before == []
    assert [hit.code for hit in search_places("Jakarta")] == ["31"]
