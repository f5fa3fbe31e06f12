"""The rule in whole numbers, by the worked example of its page in the documentation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from ksbb.priority.formula import Terms
from ksbb.priority.reckoning import Place, document_of, simulate

PAGE: Final = Path("docs/algorithms/priority.md")
TERMS: Final = Terms(
    families_extra=1000,
    families_full=500,
    age_less=300,
    age_full=365,
    committed_percent=100,
    served_percent=50,
)
ROW: Final = re.compile(r"^\| ([A-D]) \|(.*)\|$", re.MULTILINE)
ABOUT: Final = {"phase": 2, "aid_type": "sembako", "packages": 10, "seed": 20200501}


def place(code: str, families: int, committed: int, served: int, days: int | None) -> Place:
    return Place(
        code=code,
        name=code,
        region="31",
        need=families,
        committed=committed,
        served=served,
        families=TERMS.families(families),
        age=TERMS.age(days),
    )


def test_the_worked_example_comes_out_as_the_page_says() -> None:
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    told = {
        code: [None if cell.strip() == "–" else int(cell) for cell in cells.split("|")]
        for code, cells in rows
    }
    places = [
        place(code, families or 0, committed or 0, served or 0, days)
        for code, (families, committed, served, days, *_) in told.items()
    ]

    made = simulate(document_of(terms=TERMS, version=1, places=places, about=ABOUT))

    assert {
        one.place.code: [
            one.weight,
            one.counted,
            (2 * one.counted + 1) * 10**9 // (2 * one.weight * one.place.need),
            one.rank,
            one.packages,
        ]
        for one in made.rows
    } == {code: cells[4:] for code, cells in told.items()}
    assert len(told) == 4


PLACES: Final = st.lists(
    st.tuples(st.integers(1, 600), st.integers(0, 600), st.integers(0, 600), st.integers(0, 900)),
    min_size=1,
    max_size=8,
)


@given(PLACES, st.integers(1, 300))
def test_packages_fall_one_by_one_as_the_formula_says(
    drawn: list[tuple[int, int, int, int]], packages: int
) -> None:
    places = [
        place(f"{at}", need, min(committed, need), served, days)
        for at, (need, committed, served, days) in enumerate(drawn)
    ]
    about = ABOUT | {"packages": packages}

    made = simulate(document_of(terms=TERMS, version=1, places=places, about=about))

    given_out = {one.place.code: one.packages for one in made.rows}
    lack = {
        one.place.code: max(
            0, min(one.place.need - one.place.committed, one.place.need - one.counted)
        )
        for one in made.rows
    }
    assert sum(given_out.values()) == min(packages, sum(lack.values()))
    # Nobody who could take one more stands before somebody's last package.
    last = [
        (2 * (one.counted + one.packages - 1) + 1) / (2 * one.weight * one.place.need)
        for one in made.rows
        if one.packages
    ]
    coming = [
        (2 * (one.counted + one.packages) + 1) / (2 * one.weight * one.place.need)
        for one in made.rows
        if one.packages < lack[one.place.code]
    ]
    assert not last or not coming or max(last) <= min(coming)


def test_a_small_place_is_reckoned_as_one_of_five() -> None:
    assert [TERMS.families(count) for count in (0, 1, 4, 5, 6, 900)] == [5, 5, 5, 5, 6, 500]
