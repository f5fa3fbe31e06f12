"""The sums of an area are those of its verified places, whatever is written by whatever code."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st

from ksbb.needs.enums import Verification
from ksbb.needs.models import AreaTotal, Need, Target
from ksbb.needs.queries_totals import of_area
from ksbb.needs.totals import recount
from ksbb.reports.integrity import differences
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_kind, make_phase
from tests.factories.regions import make_region
from tests.recount import FAULTS

pytestmark = pytest.mark.django_db

VILLAGES = ("31.74.05.1002", "31.74.05.1003", "31.74.06.1001", "31.75.01.1001")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["new", "grow", "take", "gone", "verify", "refuse", "kind", "move"]),
        st.integers(0, 5),
        st.integers(0, 3),
    ),
    max_size=8,
)


def areas_counted_wrong() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(FAULTS["areas"])
        return list(cursor.fetchall())


def keys(model: type[Target | Need]) -> list[int]:
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def step(what: str, nth: int, much: int) -> None:
    """Write something past all actions, to several rows where there are several."""
    places = Target.objects.filter(pk__in=keys(Target)[nth : nth + 2])
    needs = Need.objects.filter(pk__in=keys(Need)[nth : nth + 2])
    if what == "new":
        place = make_target(village=VILLAGES[much], families=Target.objects.count())
        phases, kinds = [make_phase(1), make_phase(2)], [make_aid_type()]
        Need.objects.bulk_create(
            Need(target=place, phase=phase, aid_type=kind, quantity=much)
            for phase in phases
            for kind in kinds
        )
    elif what == "grow":
        needs.update(quantity=F("quantity") + much)
    elif what == "take":
        needs.update(committed=F("quantity"))
    elif what == "gone":
        needs.delete()
    elif what == "kind":
        places.update(kind=make_kind("panti-asuhan"))
    elif what == "move":
        places.update(region=make_region(VILLAGES[much]))
    else:
        verified = what == "verify"
        places.update(verification=Verification.VERIFIED if verified else Verification.REFUSED)


@settings(max_examples=20, deadline=None)
@given(steps=STEPS)
def test_after_anything_that_is_written_the_sums_are_those_of_a_recount(steps: list[Any]) -> None:
    Need.objects.all().delete()
    Target.objects.all().delete()
    AreaTotal.objects.all().delete()

    for one in [("new", 0, 3), ("new", 0, 3), *steps]:
        step(*one)
        assert areas_counted_wrong() == []


def test_a_full_need_is_no_longer_counted_as_missing_something() -> None:
    need = make_need(100)
    make_need(50)
    Need.objects.filter(pk=need.pk).update(committed=100)

    (total,) = of_area(need.aid_type, need.phase, need.target.region_id[:13], length=13)

    assert total == ("31.74.05.1002", 150, 100, 2, 1)
    (lacking,) = of_area(
        need.aid_type, need.phase, need.target.region_id[:13], length=13, only_open=True
    )
    assert lacking == ("31.74.05.1002", 50, 0, 1, 1)


def test_a_wrong_sum_is_told_and_mended_by_counting_anew() -> None:
    need = make_need(100)
    AreaTotal.objects.filter(length=5).update(quantity=101)

    told = [(one.table, one.where, one.stored, one.recounted) for one in differences()]

    where = f"31.74 / {need.phase.number} / {need.aid_type.slug}"
    assert told == [("needs_areatotal", where, "101 / 100 / 0 / 1 / 1", "100 / 100 / 0 / 1 / 1")]
    recount()
    assert differences() == []


@pytest.mark.postgresql
def test_a_sum_may_stand_in_several_rows() -> None:
    need = make_need(100)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO needs_areatotal (phase_id, aid_type_id, length, area, kind_id, quantity,"
            " lacking, committed, places, missing) SELECT phase_id, aid_type_id, length, area,"
            " kind_id, 7, 7, 0, 0, 0 FROM needs_areatotal"
        )

    (total,) = of_area(need.aid_type, need.phase, "31.74", length=5)

    assert total == ("31.74", 107, 0, 1, 1)
