from __future__ import annotations

import pytest

from ksbb.demo.scale import ScaleRefusedError, copies
from ksbb.shared.codes import is_code
from tests.demo.recount import as_of, plan


def test_a_copy_has_the_same_events_in_places_of_its_own() -> None:
    original, first, second = copies(plan(1441), 3)
    codes = [{place.code for place in made.places} for made in (original, first, second)]

    assert original == plan(1441)
    assert len(codes[0] | codes[1] | codes[2]) == 3 * len(original.places)
    assert len(first.events) == len(original.events)
    assert {promise.code for promise in first.promises}.isdisjoint(
        promise.code for promise in (*original.promises, *second.promises)
    )


def test_a_copy_gives_the_same_figures() -> None:
    original, copy = copies(plan(1441), 2)
    end = original.events[-1].at

    assert as_of(copy, end).packages() == as_of(original, end).packages()
    assert as_of(copy, end).phase(4) == (194, 131)
    assert as_of(copy, end).givers() == (95, 11, 6)


def test_the_rw_of_a_copy_have_codes_that_can_be_stored() -> None:
    *_, last = copies(plan(1441), 30)

    assert [place for place in last.places if place.is_area and not is_code(place.code)] == []


@pytest.mark.parametrize("number", [0, -1, 1_000])
def test_a_scale_without_rw_numbers_is_refused_with_the_largest_one(number: int) -> None:
    with pytest.raises(ScaleRefusedError, match=r"from 1 to \d+|dari 1 sampai \d+"):
        next(copies(plan(1441), number))
