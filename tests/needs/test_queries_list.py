from __future__ import annotations

import pytest

from ksbb.needs.enums import Verification
from ksbb.needs.queries_list import (
    BY_NAME,
    LEAST_COVERED,
    MOST_MISSING,
    find_need,
    find_target,
    in_area,
    needs_of,
    open_needs,
    still_open,
)
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_kind, make_phase, make_programme

pytestmark = pytest.mark.django_db


def test_needs_of_keeps_to_one_aid_type_one_phase_and_verified_places() -> None:
    need = make_need()
    make_need(aid_type=make_aid_type("paket-lebaran"))
    make_need(phase=make_phase(3))
    make_need(target=make_target(verification=Verification.REFUSED))

    assert list(needs_of(make_aid_type(), make_phase())) == [need]


def test_an_area_holds_itself_and_what_lies_below_and_nothing_with_a_like_beginning() -> None:
    inside = make_need(target=make_target(village="31.74.05.1002"))
    home = make_need(target=make_target("panti", village="31.74.05.1002"))
    make_need(target=make_target(village="31.74.05.1003"))
    needs = needs_of(make_aid_type(), make_phase())

    assert set(in_area(needs, "31.74.05.1002")) == {inside, home}


def test_orders_by_what_is_missing_by_coverage_and_by_name() -> None:
    small = make_need(10, target=make_target(name="C"))
    covered = make_need(1_000, target=make_target(name="B"))
    nothing = make_need(7, target=make_target(name="A"))
    make_commitment({covered: 500, small: 1})
    needs = needs_of(make_aid_type(), make_phase())

    assert list(needs.order_by(*MOST_MISSING)) == [covered, small, nothing]
    assert list(needs.order_by(*LEAST_COVERED)) == [nothing, small, covered]
    assert list(needs.order_by(*BY_NAME)) == [nothing, covered, small]


def test_a_need_that_is_wholly_committed_is_not_open() -> None:
    full, rest = make_need(40), make_need(40)
    make_commitment({full: 40, rest: 39})

    assert list(still_open(needs_of(make_aid_type(), make_phase()))) == [rest]


def test_a_target_comes_with_its_needs_in_the_order_of_phases() -> None:
    target = make_target()
    make_programme().target_kinds.set([make_kind()])
    later = make_need(target=target, phase=make_phase(3))
    sooner = make_need(target=target)

    found = find_target(target.code, make_programme())

    assert found
    assert list(found.needs.all()) == [sooner, later]


def test_a_need_is_found_by_place_aid_and_phase() -> None:
    need = make_need()
    programme = make_programme()
    code = need.target.code

    assert find_need(programme, target=code, aid_type="sembako", phase=2) == need
    assert find_need(programme, target=code, aid_type="sembako", phase=3) is None
    assert find_need(programme, target="x", aid_type="sembako", phase=2) is None


def test_chosen_needs_of_another_programme_are_left_out() -> None:
    need = make_need()
    other = make_need(phase=make_phase(2, programme=make_programme("lain")))

    assert list(open_needs([need.pk, other.pk, 0], make_programme())) == [need]
