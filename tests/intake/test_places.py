from __future__ import annotations

from typing import Any

import pytest

from ksbb.intake.ground import Place
from ksbb.intake.places import Located, Places, Typed
from ksbb.intake.reasons import Code
from tests.factories.intake import DUREN_SAWIT, KLENDER, PLACES, make_ground


def _find(answers: dict[str, str] | None = None, *, bps: Any = None, **typed: Any) -> Located:
    return Places(make_ground(bps=bps or {}), answers or {}).find(Typed(**typed))


def _codes(located: Located) -> list[str]:
    return [reason.code for reason in located.reasons]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"village": "Klender"}, KLENDER),
        ({"village": "KEL. KLENDER"}, KLENDER),
        ({"village": "Kelurahan  Klender", "district": "Kec. Duren Sawit"}, KLENDER),
        ({"village": "Papango"}, "31.72.02.1003"),
        ({"village": "Kampung Tengah"}, "31.75.04.1002"),
        ({"village": "P. Panggang"}, "31.01.01.1001"),
        ({"village": "Tanjung Priuk", "soft_city": "JAKUT"}, "31.72.02.1001"),
        ({"village": "Tg. Priok"}, "31.72.02.1001"),
        ({"village": "Kel. Klender, Kec. Duren Sawit"}, KLENDER),
        ({"village": "RW 05 Kel. Klender"}, KLENDER),
        ({"place": "Klender/Duren Sawit"}, KLENDER),
        ({"place": "Cipayung / Cipayung"}, "31.75.10.1001"),
        ({"place": "Kec. Duren Sawit - Klender"}, KLENDER),
        ({"place": "Kel. Senen"}, "31.71.04.1001"),
        ({"village": "Senen"}, "31.71.04.1001"),
        ({"code": "31.75.07.1003"}, KLENDER),
        ({"code": "3175071003", "village": "KLENDER"}, KLENDER),
    ],
)
def test_a_kelurahan_is_known_by_code_name_and_other_spellings(
    typed: dict[str, Any], code: str
) -> None:
    located = _find(**typed)

    assert located.code == code
    assert located.question is None


@pytest.mark.parametrize(
    ("typed", "reason", "first"),
    [
        ({"village": "Klendr"}, Code.WHICH_KELURAHAN, KLENDER),
        ({"village": "Kampung Tenga", "district": "Kramatjati"}, Code.WHICH_KELURAHAN, "31.75.04"),
        ({"place": "Senen"}, Code.KELURAHAN_OR_KECAMATAN, "31.71.04.1001"),
        ({"village": "Klender", "city": "Jakarta Barat"}, Code.OTHER_CITY, KLENDER),
        ({"code": "31.75.07.1003", "village": "Duren Sawit"}, Code.CODE_AND_NAME_DIFFER, KLENDER),
        ({"code": "3172070004", "village": "Klender"}, Code.CODE_OF_BPS, "bps"),
    ],
)
def test_what_is_not_sure_is_asked(typed: dict[str, Any], reason: Code, first: str) -> None:
    located = _find(**typed)

    assert reason in _codes(located)
    assert located.question is not None
    assert located.question.choices[0].value.startswith(first)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({}, Code.NO_PLACE),
        ({"village": "TMII", "district": "Cipayung"}, Code.UNKNOWN_KELURAHAN),
        ({"village": "Kapuk Selatan", "district": "Cengkareng"}, Code.NO_CODE_YET),
        ({"code": "32.75.01.1001"}, Code.OUTSIDE),
        ({"code": "31.75.07.1999"}, Code.CODE_UNKNOWN),
        ({"code": "3,17507E+09"}, Code.CODE_LOST_DIGITS),
    ],
)
def test_what_cannot_be_told_has_no_code_and_a_reason(typed: dict[str, Any], reason: Code) -> None:
    located = _find(**typed)

    assert (located.code, _codes(located)) == ("", [reason])


def test_a_kelurahan_in_the_wrong_kecamatan_of_its_city_is_taken_and_said() -> None:
    located = _find(village="Jatinegara", district="Jatinegara")

    assert (located.code, _codes(located)) == ("31.75.06.1001", [Code.OTHER_KECAMATAN])


def test_an_unknown_code_gives_way_to_the_name() -> None:
    located = _find(code="31.75.07.1999", village="Klender")

    assert (located.code, _codes(located)) == (KLENDER, [Code.CODE_IGNORED])


def test_the_name_decides_between_the_codes_a_damaged_one_may_mean() -> None:
    located = _find(code="31.75.1.1001", village="Cipayung")

    assert (located.code, _codes(located)) == ("31.75.10.1001", [Code.CODE_MENDED])


def test_an_answer_settles_the_question_for_every_row() -> None:
    question = _find(village="Klendr").question
    assert question

    assert _find({question.key: KLENDER}, village="Klendr").code == KLENDER
    assert _codes(_find({question.key: "none"}, village="Klendr")) == [Code.ANSWERED_NONE]
    assert _codes(_find({question.key: "rubbish"}, village="Klendr")) == [Code.WHICH_KELURAHAN]


def test_codes_of_bps_go_by_the_list_of_bps_or_by_the_name_once_answered() -> None:
    answers = {"codes:bps": "bps"}
    listed = {"3172070001": DUREN_SAWIT}

    assert _find(answers, code="3172070004", village="Klender").code == KLENDER
    assert _find(answers, bps=listed, code="3172070001").code == DUREN_SAWIT
    assert _codes(_find(answers, code="3172070004")) == [Code.CODE_UNKNOWN]
    differing = _find(answers, bps=listed, code="3172070001", village="Klender")
    assert _codes(differing) == [Code.CODE_AND_NAME_DIFFER]


def test_a_region_with_a_code_of_our_own_waits() -> None:
    new = Place("31.75.10.9001", "Baru", is_official=False)
    places = Places(make_ground(places=[*PLACES, new]), {})

    assert _codes(places.find(Typed(village="Baru"))) == [Code.NO_CODE_YET]
