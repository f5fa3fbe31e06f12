from __future__ import annotations

from ksbb.regions.readings import Reading, readings, surroundings

CALLED = {
    "jakartatimur": {"31.75"},
    "durensawit": {"31.75.07", "31.75.07.1001"},
    "jakarta": {"31"},
}


def test_a_name_by_itself_has_one_reading() -> None:
    assert set(readings("Klender", CALLED)) == {Reading(name="klender")}


def test_what_follows_a_comma_lies_around_the_name() -> None:
    found = list(readings("Klender, Jakarta Timur", CALLED))

    assert set(found[1:]) == {Reading(name="klender", around=(frozenset({"31.75"}),))}


def test_a_word_of_office_says_the_level_and_begins_a_name() -> None:
    around = (frozenset({"31.75.07", "31.75.07.1001"}),)

    assert list(readings("Kec. Duren Sawit Kel. Klender", CALLED))[1:] == [
        Reading(name="klender", level="VILLAGE", around=around),
        # The word might belong to the name, as in Kota Bambu Utara.
        Reading(name="kel klender", around=around),
    ]


def test_words_that_name_a_region_may_be_the_surroundings() -> None:
    around = (frozenset({"31.75.07", "31.75.07.1001"}), frozenset({"31.75"}))

    found = list(readings("klender duren sawit jakarta timur", CALLED))

    assert Reading(name="klender", around=around) in found


def test_a_reading_surrounds_what_lies_strictly_inside_all_of_it() -> None:
    reading = Reading(name="x", around=(frozenset({"31.74", "31.75"}), frozenset({"31"})))

    assert reading.surrounds("31.75.07")
    assert not reading.surrounds("31.75")
    assert not reading.surrounds("31.73.01")


def test_the_surroundings_of_an_unknown_lane_are_the_longest_known_part() -> None:
    assert surroundings("Gang Kedip, Duren Sawit, Jakarta Timur", CALLED) == (
        "duren sawit jakarta timur"
    )
    assert surroundings("Gang Kedip", CALLED) == ""
