from __future__ import annotations

import pytest

from ksbb.proposals.hindsight import Hindsight, hindsight
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_phase

pytestmark = pytest.mark.django_db

SOUTH, WEST = "31.74.05.1002", "31.73.01.1001"


def reckoned() -> Hindsight:
    """Two weeks: all 150 packages of the first and 50 of the second went to one RW in the south."""
    first, second = make_phase(2), make_phase(3)
    heaped, forgotten = make_target(village=SOUTH), make_target(village=SOUTH)
    west = make_target(village=WEST)
    weeks = {
        (target.pk, phase.number): make_need(150, target=target, phase=phase)
        for target in (heaped, forgotten, west)
        for phase in (first, second)
    }
    make_commitment({weeks[heaped.pk, 2]: 150})
    make_commitment({weeks[heaped.pk, 3]: 50, weeks[west.pk, 3]: 40})
    need = weeks[heaped.pk, 2]
    found = hindsight(need.phase.programme, need.aid_type)
    assert found
    return found


def test_the_same_packages_reach_more_places_where_a_plan_shares_them_out() -> None:
    found = reckoned()

    ways = (found.happened, found.within_cities, found.free)
    assert [(way.reached, way.placed) for way in ways] == [(2, 240), (3, 240), (3, 240)]
    assert [way.figures.never_served for way in ways] == [1, 0, 0]
    assert [round(way.figures.least, 3) for way in ways] == [0.0, 0.133, 0.267]
    assert [round(way.figures.gini, 3) for way in ways] == [0.556, 0.167, 0.0]
    assert found.happened.figures.stacking == pytest.approx(120 / 240)


def test_what_went_to_a_city_stays_there_in_the_plan_within_cities() -> None:
    curve = reckoned().within_cities.curve

    assert (len(curve), curve[0], curve[-1]) == (101, 40 / 300, 100 / 300)


def test_while_nothing_is_committed_there_is_nothing_to_compare() -> None:
    need = make_need()

    assert hindsight(need.phase.programme, need.aid_type) is None


def test_a_programme_too_large_for_a_page_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ksbb.proposals.hindsight.MOST_ROWS", 1)
    need = make_need()
    make_commitment({need: 1, make_need(): 1})

    assert hindsight(need.phase.programme, need.aid_type) is None
