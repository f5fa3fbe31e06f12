from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbb.shared.text import Names, normalise, rank

HOMES = ["Panti Asuhan Melati", "Panti Asuhan Mawar", "Pesantren Al-Ikhlas", "Melati"]
WORDS = st.lists(
    st.text(alphabet="abcdefghijklmnoprstuwy", min_size=3, max_size=8), min_size=2, max_size=3
)


def found(text: str, names: list[str]) -> list[str]:
    return [names[one.index] for one in rank(text, names)]


@given(st.text(max_size=60))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_the_normal_form_drops_capitals_accents_signs_and_double_spaces() -> None:
    assert normalise("  Jum'at  AL-Ikhlás, \N{FULLWIDTH DIGIT FIVE} ") == "jumat al ikhlas 5"


def test_the_name_itself_comes_before_names_that_begin_with_it_or_hold_it() -> None:
    names = ["Jati Padang", "Kramat Jati", "Jati"]

    assert found("jati", names) == ["Jati", "Jati Padang", "Kramat Jati"]


@given(WORDS)
def test_spacing_and_capitals_make_no_difference(words: list[str]) -> None:
    name = " ".join(words)

    together, apart = rank("".join(words).upper(), [name])[0], rank(name.title(), [name])[0]

    assert together.exact
    assert apart.exact


@given(WORDS, st.data())
def test_a_missing_letter_does_not_hide_a_name(words: list[str], data: st.DataObject) -> None:
    name = " ".join(words)
    at = data.draw(st.integers(min_value=0, max_value=len(name) - 1))

    assert found(name[:at] + name[at + 1 :], [name]) == [name]


def test_words_may_stand_in_another_order() -> None:
    assert found("melati panti", HOMES)[0] == "Panti Asuhan Melati"


def test_a_resemblance_is_a_suggestion_and_not_exact() -> None:
    best = rank("panti asuhan melatti", HOMES)[0]

    assert HOMES[best.index] == "Panti Asuhan Melati"
    assert not best.exact


@pytest.mark.parametrize("text", ["", " ", "a", "!?", "xyzzy", "🍚"])
def test_what_resembles_nothing_finds_nothing(text: str) -> None:
    assert rank(text, HOMES) == []


def test_an_overlong_text_is_read_at_its_beginning_only() -> None:
    assert found("Melati" + " " * 200 + "x" * 10_000, HOMES)[0] == "Melati"


def test_no_more_than_the_limit_is_returned() -> None:
    names = Names(f"Melati {number}" for number in range(30))

    assert [one.index for one in names.rank("melati", limit=2)] == [0, 1]
