from __future__ import annotations

from collections import Counter

from ksbb.demo.cast import BBN, make_cast


def test_only_published_names_are_no_examples() -> None:
    cast = make_cast(1441)
    everybody = (
        BBN,
        *cast.aggregators,
        *cast.organisations,
        *cast.individuals,
        *cast.refused,
    )

    assert {giver.name for giver in everybody if not giver.is_example} == {
        "ACT",
        "BAZNAS/BAZIS DKI Jakarta",
        "Barisan Bangun Negeri",
        "Dompet Dhuafa",
        "Human Initiative",
        "PMI DKI Jakarta",
        "Rumah Zakat",
    }
    assert len({giver.slug for giver in everybody}) == len(everybody)


def test_the_cast_has_95_organisations_11_individuals_and_6_aggregators() -> None:
    cast = make_cast(1441)

    assert len(cast.organisations) + 1 == 95
    assert len(cast.individuals) == 11
    assert len(cast.aggregators) == 6
    assert Counter(giver.kind for giver in cast.individuals) == {"INDIVIDUAL": 11}
