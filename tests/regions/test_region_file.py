from __future__ import annotations

from pathlib import Path

import pytest

from ksbb.regions.actions.load import DKI_ALIASES, DKI_REGIONS
from ksbb.regions.csv_file import BadFileError
from ksbb.regions.region_file import read_aliases, read_regions
from ksbb.shared.errors import DomainError

HEADER = "code,name,level,parent_code,lat,lon,postal,valid_from,valid_to,predecessors"


def written(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "regions.csv"
    file.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return file


def test_jakarta_has_318_regions_down_to_the_kelurahan() -> None:
    file = read_regions(DKI_REGIONS)

    levels = [row.level for row in file.rows]
    assert len(levels) == 318
    assert [levels.count(level) for level in dict.fromkeys(levels)] == [1, 6, 44, 267]
    assert len(read_aliases(DKI_ALIASES).rows) == 34


def test_codes_and_levels_are_read_in_both_languages(tmp_path: Path) -> None:
    file = written(tmp_path, "31,DKI Jakarta,provinsi,", "3174,Jakarta Selatan,city,31")

    rows = read_regions(file).rows

    assert [(row.line, row.code, row.level) for row in rows] == [
        (2, "31", "PROVINCE"),
        (3, "31.74", "REGENCY"),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("31.74.05.1002.4.1,A,rw,", "kode wilayah|region code"),
        ("31.74.1,A,kecamatan,31.74", "digit"),
        ("31.74.05.0002,A,kelurahan,31.74.05", "BPS"),
        ("31.74,,kota,31", "nama|name"),
        (f"31.74,{'x' * 101},kota,31", "100"),
        ("31.74,A,dusun,31", "dusun"),
        ("31.74,A,kecamatan,31", "kecamatan"),
        ("31.74,A,kota,32", "32"),
        ("31.74,A,kota,31,-6.2,", "-6.2"),
        ("31.74,A,kota,31,106.8,-6.2", "Indonesia"),
        ("31.74,A,kota,31,0,0", "Indonesia"),
        ("31.74,A,kota,31,nan,106.8", "Indonesia"),
        ("31.74,A,kota,31,,,1231", "pos"),
        ("31.74,A,kota,31,,,,02-05-2020", "2020-05-02"),
        ("31.74,A,kota,31,,,,2025-01-01,2024-01-01", "berlaku|validity"),
        ("31.74,A,kota,31,,,,,,x", "kode wilayah|region code"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_the_reason(
    tmp_path: Path, line: str, why: str
) -> None:
    file = written(tmp_path, "31,DKI Jakarta,provinsi,", line)

    with pytest.raises(BadFileError, match=why) as refusal:
        read_regions(file)

    assert [problem.line for problem in refusal.value.problems] == [3]


def test_one_answer_names_all_bad_lines(tmp_path: Path) -> None:
    file = written(tmp_path, *["x,A,kota,31"] * 25)

    with pytest.raises(BadFileError) as refusal:
        read_regions(file)

    answer = str(refusal.value).splitlines()
    assert len(refusal.value.problems) == 25
    assert len(answer) == 22
    assert "25" in answer[0]
    assert "5" in answer[-1]


def test_a_code_may_stand_in_a_file_only_once(tmp_path: Path) -> None:
    file = written(tmp_path, "31,A,provinsi,", "", "31,B,provinsi,")

    with pytest.raises(BadFileError, match="31") as refusal:
        read_regions(file)

    assert [problem.line for problem in refusal.value.problems] == [2, 4]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "parent_code"),
        (b"code;name;level;parent_code\n31;A;provinsi;", "parent_code"),
        (b"\xff\xfe\x00\x01", "UTF-8"),
        (b"code,name,level,parent_code\n31,\xe9,provinsi,", "UTF-8"),
        (b'code,name,level,parent_code\n31,"A,provinsi,', "UTF-8"),
        (b"PK\x03\x04\x00\x00", "UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, why: str
) -> None:
    file = tmp_path / "regions.csv"
    file.write_bytes(content)

    with pytest.raises(DomainError, match=why):
        read_regions(file)


@pytest.mark.parametrize("name", ["missing.csv", ".", "broken.csv.gz"])
def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.csv.gz").write_bytes(b"\x1f\x8b\x08\x00")

    with pytest.raises(DomainError, match=(tmp_path / name).name):
        read_regions(tmp_path / name)


def test_another_spelling_needs_letters_and_a_code(tmp_path: Path) -> None:
    file = tmp_path / "aliases.csv"
    file.write_text("variant,code\nJaksel,31.74\n!,31.74\nJaktim,x\n", encoding="utf-8")

    with pytest.raises(BadFileError) as refusal:
        read_aliases(file)

    assert [problem.line for problem in refusal.value.problems] == [3, 4]
