from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from ksbb.needs.models import Need
from ksbb.proposals.split import Part, Split, SplitError, Terms, split
from ksbb.proposals.split_prose import because, paragraphs
from ksbb.shared.formats import number, percent, rupiah
from tests.factories.commitments import NOON, make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase

pytestmark = pytest.mark.django_db

A, B = "31.74.05.1001", "31.74.05.1002"
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@pytest.fixture(autouse=True)
def needs() -> list[Need]:
    """Return RW of 100 and 200 in kelurahan A (50 of the first promised), and a home in B."""
    made = [
        make_need(100, target=make_target(village=A)),
        make_need(200, target=make_target(village=A)),
        make_need(100, target=make_target("panti-asuhan", village=B)),
    ]
    make_commitment({made[0]: 50})
    return made


def made(*parts: Part, least: int = 1, price: int = 0) -> Split:
    terms = Terms(parts=parts, least=least, price=price)
    return split(aid_type=make_aid_type(), phase=make_phase(), terms=terms, now=NOON)


def given(found: Split) -> list[int]:
    by_need = {line.place.need: line.quantity for line in found.lines}
    return [by_need.get(need.pk, 0) for need in Need.objects.order_by("pk")]


def test_a_stock_goes_to_whoever_has_least() -> None:
    assert given(made(Part(90))) == [0, 60, 30]


def test_a_part_for_an_area_stays_there_and_the_rest_goes_on_top() -> None:
    assert given(made(Part(30), Part(90, B))) == [0, 30, 90]
    assert given(made(Part(30), Part(90, A))) == [0, 90, 30]


def test_a_part_for_a_kind_of_place_stays_with_it() -> None:
    assert given(made(Part(60), Part(40, "", "panti-asuhan"))) == [0, 60, 40]


def test_parts_for_areas_alike_make_the_same_as_wishes() -> None:
    poured = given(made(Part(70), Part(50, A), Part(20, B)))
    planned = given(made(Part(70), Part(50, A, "rw"), Part(20, B, "panti-asuhan")))

    assert poured == planned
    assert sum(poured) == 140


def test_a_budget_buys_as_many_as_it_pays_for() -> None:
    found = made(Part(20_100_000), price=200_000)

    assert (found.placed, found.rupiah_left) == (100, 100_000)


def test_a_budget_with_tied_parts_leaves_what_each_could_not_pay() -> None:
    found = made(Part(1_100_000), Part(500_000, B), price=200_000)

    assert (found.placed, found.rupiah_left) == (7, 200_000)


def test_nobody_is_visited_for_a_few_packages() -> None:
    found = made(Part(90), least=40)

    assert sorted(given(found)) == [0, 40, 50]
    assert (found.placed, found.untouched) == (90, 1)


def test_what_nobody_can_take_is_left() -> None:
    found = made(Part(400, A))

    assert (given(found), found.left) == ([50, 200, 0], 150)
    assert [line.because for line in found.lines] == ["need", "need"]


@pytest.mark.parametrize(
    ("parts", "terms", "words"),
    [
        ([Part(10, "31.75")], {}, "Pilih wilayah yang lebih luas"),
        ([Part(10, "", "pesantren")], {}, "jenis tempat lain"),
        ([Part(10)], {"least": 11}, "11"),
        ([Part(10)], {"price": 11}, "satu paket pun"),
        ([Part(2**40), Part(1, A, "rw")], {}, "salah ketik"),
    ],
)
def test_what_cannot_be_split_is_said_with_what_to_change(
    parts: list[Part], terms: dict[str, int], words: str
) -> None:
    with pytest.raises(SplitError) as refusal:
        made(*parts, **terms)

    assert words in str(refusal.value)


def test_full_places_are_said_to_be_full(needs: list[Need]) -> None:
    make_commitment({needs[2]: 100})

    with pytest.raises(SplitError, match="penuh"):
        made(Part(10, B))


def facts(found: Split) -> Iterator[str]:
    yield from (number(one) for one in (found.placed, found.left, found.pool, found.untouched))
    yield from (number(one) for one in (found.least, len(found.lines)))
    yield from (percent(one) for one in (found.lowest_before, found.level))
    yield from (rupiah(found.rupiah_left), str(found.seed))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("least", [1, 40])
@pytest.mark.parametrize("price", [0, 7])
def test_every_number_in_the_text_is_in_the_data(language: str, least: int, price: int) -> None:
    found = made(Part(1500), least=least, price=price)

    with translation.override(language):
        text = " ".join([*paragraphs(found), *map(because, found.lines)])
        known = {one for fact in facts(found) for one in NUMBER.findall(fact)}

    written = set(NUMBER.findall(text))
    assert written
    assert written - known == set()
