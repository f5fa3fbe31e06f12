from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbb.regions.actions.load import DKI_ALIASES, DKI_REGIONS
from ksbb.regions.place_index import Hit, Place, PlaceIndex
from ksbb.regions.region_file import RegionRow, read_aliases, read_regions

ROWS = read_regions(DKI_REGIONS).rows
ALIASES = read_aliases(DKI_ALIASES).rows
KELURAHAN = st.sampled_from([row for row in ROWS if row.level == "VILLAGE"])

INDEX = PlaceIndex(
    Place(
        code=row.code,
        name=row.name,
        level=row.level,
        postal_code=row.postal_code,
        aliases=tuple(alias.variant for alias in ALIASES if alias.code == row.code),
    )
    for row in ROWS
)

TENGAH = "31.75.04.1002"
DUREN_SAWIT = "31.75.07"
KELURAHAN_DUREN_SAWIT = "31.75.07.1001"
PONDOK_PINANG = "31.74.05.1002"
KEBAYORAN_LAMA = "31.74.05"


def best(text: str) -> Hit:
    return INDEX.search(text)[0]


@given(KELURAHAN)
def test_every_name_finds_its_kelurahan_outright(row: RegionRow) -> None:
    codes = [hit.code for hit in INDEX.search(f"kel. {row.name.upper()}") if hit.exact]

    assert row.code in codes


@given(KELURAHAN, st.data())
def test_one_typing_error_leaves_the_name_among_the_first(
    row: RegionRow, data: st.DataObject
) -> None:
    at = data.draw(st.integers(min_value=0, max_value=len(row.name) - 1))
    typed = row.name[:at] + data.draw(st.sampled_from("aeiknr")) + row.name[at + 1 :]

    assert row.name in [hit.name for hit in INDEX.search(typed, limit=5)]


@given(KELURAHAN)
def test_a_code_finds_its_region_with_and_without_dots(row: RegionRow) -> None:
    assert best(row.code).code == row.code
    assert best(row.code.replace(".", "")).code == row.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # What people call it, and no similarity: that would be Kampung Melayu.
        ("Kampung Tengah", TENGAH),
        ("kp. tengah", TENGAH),
        ("Tanjung Priuk", "31.72.02"),
        ("rawabadak utara", "31.72.03.1004"),
        ("jaksel", "31.74"),
        ("Kota Jakarta Selatan", "31.74"),
        ("Kota Administrasi Jakarta Selatan", "31.74"),
        ("DKI Jakarta", "31"),
        ("kota bambu utara", "31.73.07.1003"),
        ("Kota Bambu Utara, Palmerah", "31.73.07.1003"),
        ("P. Panggang", "31.01.01.1001"),
        ("Duren Sawit", DUREN_SAWIT),
        ("kec. duren sawit", DUREN_SAWIT),
        ("kel duren sawit", KELURAHAN_DUREN_SAWIT),
        ("kelurahan Duren Sawit, kecamatan Duren Sawit", KELURAHAN_DUREN_SAWIT),
        ("Kec. Kebayoran Lama, Kel. Pondok Pinang", PONDOK_PINANG),
        ("pondok pinang kebayoran lama jakarta selatan", PONDOK_PINANG),
        ("jakarta selatan kebayoran lama", KEBAYORAN_LAMA),
        # This kelurahan does not lie in the kecamatan of its name.
        ("jatinegara cakung", "31.75.06.1001"),
    ],
)
def test_what_is_named_outright_comes_first_and_is_exact(text: str, code: str) -> None:
    hit = best(text)

    assert (hit.code, hit.exact) == (code, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kebayorn lma", KEBAYORAN_LAMA),
        ("Pondok Pinnag", PONDOK_PINANG),
        ("kebayoran", KEBAYORAN_LAMA),
        ("djatinegara", "31.75.03"),
        # No list of regions knows the lane, but what lies around it.
        ("Gang Pasar Kedip, Kebayoran Lama, Jakarta Selatan", KEBAYORAN_LAMA),
        ("gang pasar kedip kebayoran lama", KEBAYORAN_LAMA),
        # It lies in Jakarta Timur.
        ("kelurahan duren sawit, jakarta selatan", KELURAHAN_DUREN_SAWIT),
    ],
)
def test_what_merely_resembles_is_a_suggestion(text: str, code: str) -> None:
    hits = INDEX.search(text)

    assert code in [hit.code for hit in hits[:2]]
    assert not any(hit.exact for hit in hits)


@pytest.mark.parametrize(
    "text",
    [
        "RW 5 Duren Sawit",
        "rw05 duren sawit",
        "RW V Duren Sawit",
        "duren sawit rw 005",
        "Duren Sawit, RW.05",
        "RT 003/RW 005 Kel. Duren Sawit, Jakarta Timur",
        "31.75.07.1001.005",
        "31.75.07.1001.5",
        "3175071001005",
        "RW 5 31.75.07.1001",
    ],
)
def test_an_rw_is_found_in_every_spelling(text: str) -> None:
    hit = best(text)

    assert (hit.code, hit.rw, hit.area) == (KELURAHAN_DUREN_SAWIT, 5, "31.75.07.1001.005")


def test_an_rw_of_a_kecamatan_is_a_number_without_a_code() -> None:
    hit = best("RW 5 Kebayoran Lama")

    assert (hit.code, hit.rw, hit.area) == (KEBAYORAN_LAMA, 5, KEBAYORAN_LAMA)


def test_a_postal_code_finds_its_kelurahan() -> None:
    assert [(hit.code, hit.matched) for hit in INDEX.search("12310")] == [(PONDOK_PINANG, "12310")]


def test_the_beginning_of_a_code_finds_what_may_follow() -> None:
    hits = INDEX.search("31.74.05", limit=3)

    assert [hit.code for hit in hits] == [KEBAYORAN_LAMA, "31.74.05.1001", PONDOK_PINANG]
    assert [hit.exact for hit in hits] == [True, False, False]
    assert best("31.74.1").code == "31.74.10"


@pytest.mark.parametrize(
    "text", ["", "  ", "a", "5", "xyzzy", "RW 5", "rw", "99999", "3174050002", ",;/()", "%", "\x00"]
)
def test_what_names_no_region_finds_none(text: str) -> None:
    assert INDEX.search(text) == []


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    hits = INDEX.search(text)

    assert len(hits) <= 10
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.code for hit in hits}) == len(hits)


def test_a_hit_says_by_which_spelling_it_was_found() -> None:
    hit = best("kampung tengah")

    assert (hit.name, hit.matched) == ("Tengah", "Kampung Tengah")
