"""Reading outlines: both formats, several spellings of the code, and what is no outline."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from shapely.geometry import shape

from ksbb.regions.outline_file import LARGEST, read_outlines
from ksbb.regions.outlines import TOLERANCES, simplified
from ksbb.shared.errors import DomainError
from tests.regions.drawing import (
    EAST,
    WEST,
    collection,
    feature,
    square,
    topology,
    written,
)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def geometries(file: Path) -> dict[str, Any]:
    return {one.code: shape(json.loads(one.geometry)) for one in read_outlines(file).outlines}


def test_shared_lines_of_topojson_become_whole_areas(tmp_path: Path) -> None:
    drawn = geometries(written(tmp_path, topology()))

    assert {code: one.bounds for code, one in drawn.items()} == {
        WEST: (106.7, -6.3, 106.8, -6.2),
        EAST: (106.8, -6.3, 106.9, -6.2),
    }
    assert drawn[WEST].intersection(drawn[EAST]).length == pytest.approx(0.1)


@pytest.mark.parametrize(
    "name", ["code", "KODE", "kode_wilayah", "Kode Kemendagri", "KDEPUM", "kode-wil"]
)
@pytest.mark.parametrize("code", [WEST, "3174051002", 3174051002, "31-74-05-1002"])
def test_the_code_is_found_under_several_names_and_spellings(
    name: str, code: object, tmp_path: Path
) -> None:
    one = {"type": "Feature", "properties": {name: code}, "geometry": square()}

    assert list(geometries(written(tmp_path, collection(one)))) == [WEST]


def test_a_village_bears_the_codes_of_all_above_it_and_its_own_counts(tmp_path: Path) -> None:
    one = feature(None, KDPPUM="31", KDPKAB="31.74", KDCPUM="31.74.05", KDEPUM=WEST)

    assert list(geometries(written(tmp_path, one))) == [WEST]


def test_parts_with_one_code_are_one_area(tmp_path: Path) -> None:
    island = square(106.9, -6.3, side=0.05)

    drawn = geometries(written(tmp_path, collection(feature(WEST), feature(WEST, island))))

    assert drawn[WEST].geom_type == "MultiPolygon"
    assert drawn[WEST].area == pytest.approx(0.0125)


def test_a_ring_that_crosses_itself_is_mended(tmp_path: Path) -> None:
    bow = [[[106.7, -6.3], [106.8, -6.2], [106.8, -6.3], [106.7, -6.2], [106.7, -6.3]]]

    drawn = geometries(written(tmp_path, feature(WEST, {"type": "Polygon", "coordinates": bow})))

    assert drawn[WEST].is_valid
    assert drawn[WEST].area == pytest.approx(0.005, rel=0.01)


def test_neighbours_simplified_together_have_no_gap_between_them() -> None:
    count, wiggle = 400, TOLERANCES["VILLAGE"] / 8
    middle = [
        (106.8 + wiggle * (number % 2), -6.3 + 0.1 * number / count) for number in range(count + 1)
    ]
    west = shape({"type": "Polygon", "coordinates": [[*middle, (106.7, -6.2), (106.7, -6.3)]]})
    east = shape({"type": "Polygon", "coordinates": [[*middle, (106.9, -6.2), (106.9, -6.3)]]})

    found = simplified({WEST: [west], EAST: [east]}, {WEST: "", EAST: ""})

    thin = [shape(json.loads(one.geometry)) for one in found]
    assert sum(len(one.exterior.coords) for one in thin) < 60
    assert thin[0].union(thin[1]).geom_type == "Polygon"
    assert list(thin[0].union(thin[1]).interiors) == []


def test_a_zipped_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "batas.json.gz"
    file.write_bytes(gzip.compress(json.dumps(collection(feature(WEST))).encode()))

    assert list(geometries(file)) == [WEST]


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (feature("", nama="Barat"), "Barat: it has no region code"),
        (feature("31.74.05.0002"), "looks like a BPS code"),
        (feature("31.740"), "is not a region code"),
        (feature(WEST, {"type": "Point", "coordinates": [106.7, -6.3]}), "not an area but Point"),
        (feature(WEST, square(700_000, 9_300_000)), "does not lie in Indonesia"),
        (feature(WEST, square(-6.3, 106.7)), "does not lie in Indonesia"),
        (feature(WEST, square(float("nan"))), "cannot be read"),
        (feature(WEST, square(side=0)), "has no area"),
        (feature(WEST, {"type": "Polygon", "coordinates": [["x"]]}), "cannot be read"),
        (feature(WEST, {"type": "Polygon", "coordinates": {"a": 1}}), "cannot be read"),
        (feature(WEST, {"type": "Polygon"}), "cannot be read"),
        (feature(WEST, {"type": "Polygon", "coordinates": []}), "has no area"),
    ],
)
def test_an_area_that_is_none_is_named_with_what_is_wrong(
    one: dict[str, Any], sentence: str, tmp_path: Path
) -> None:
    file = written(tmp_path, collection(feature(EAST), one))

    with pytest.raises(DomainError, match=rf"batas\.json.*1 .*{sentence}.*Nothing") as refused:
        read_outlines(file)

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[1, 2]",
        '{"type": "Topology"}',
        '{"type": "Topology", "arcs": [], "objects": {"a": {"type": "Polygon", "arcs": [[7]]}}}',
        '{"type": "Topology", "arcs": [], "objects": {"a": {"type": "GeometryCollection"}}}',
        '{"type": "FeatureCollection", "features": []}',
        '{"type": "FeatureCollection", "features": [7]}',
        '{"type": "FeatureCollection", "features": [null]}',
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
    ids=lambda text: text[:40] or "empty",
)
def test_a_broken_file_is_one_sentence(text: str, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=r"batas\.json") as refused:
        read_outlines(written(tmp_path, text))

    assert "\n" not in str(refused.value)


def test_a_file_that_is_too_large_is_not_unpacked_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ksbb.regions.outline_file.LARGEST", 1_000)
    file = tmp_path / "batas.json.gz"
    file.write_bytes(gzip.compress(b" " * 1_000_000))

    with pytest.raises(DomainError, match="larger than"):
        read_outlines(file)

    assert LARGEST > 1_000
