from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksbb.programmes.enums import Stage
from ksbb.regions.enums import Level
from ksbb.reports.actions.close_days import close_days
from ksbb.reports.figures import as_json, figures
from ksbb.reports.fulfilment import fulfilment
from tests.factories.programmes import make_aid_type, make_phase
from tests.factories.reports import EVENING, VERBS, Event, World, plain_figures, plain_kelurahan

EVENTS = st.builds(
    Event,
    # Most often something is given: without a promise there is nothing to cancel or to bring.
    verb=st.sampled_from([*VERBS, "fill", "fill", "give", "cancel"]),
    minutes=st.sampled_from([0, 1, 45, 400, 1500]),
    which=st.integers(0, 11) | st.integers(0, 5),
    quantity=st.integers(1, 30),
)


@contextmanager
def undone() -> Iterator[None]:
    """Take back what one example wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(
    before=st.lists(EVENTS, min_size=8, max_size=20),
    after=st.lists(EVENTS, min_size=3, max_size=12),
    percent=st.integers(0, 100),
    stage=st.sampled_from(Stage),
)
def test_figures_as_of_any_moment_equal_a_plain_recount(
    before: list[Event], after: list[Event], percent: int, stage: Stage
) -> None:
    with undone():
        world = World(fulfilment_stage=stage)
        world.tell(before)
        close_days(now=world.now)
        closed_at = world.now
        world.tell(after)
        moments = [EVENING + (world.now - EVENING) * percent / 100, closed_at, world.now]

        assert [as_json(figures(world.programme, moment)) for moment in moments] == [
            plain_figures(world.programme, moment) for moment in moments
        ]


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(
    before=st.lists(EVENTS, min_size=8, max_size=20),
    after=st.lists(EVENTS, min_size=3, max_size=12),
    percent=st.integers(0, 100),
)
def test_fulfilment_as_of_any_moment_equals_a_plain_recount(
    before: list[Event], after: list[Event], percent: int
) -> None:
    with undone():
        world = World()
        world.tell(before)
        close_days(now=world.now)
        world.tell(after)
        as_of = EVENING + (world.now - EVENING) * percent / 100
        phase = make_phase(2)

        sembako = make_aid_type()
        table = fulfilment(
            world.programme, as_of, level=Level.VILLAGE, phase=phase, aid_type=sembako
        )

        assert {
            row.code: (
                row.sums.quantity,
                row.sums.committed,
                row.sums.rw_aided,
                row.sums.rw_fulfilled,
            )
            for row in table.rows
        } == plain_kelurahan(world.programme, as_of, phase, sembako)
