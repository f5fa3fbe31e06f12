"""The rule behind the proposal, for any quantities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from hypothesis import given
from hypothesis import strategies as st

from ksbb.needs.models import Need
from ksbb.portal.giving.proposal import in_proportion


class Lacking(NamedTuple):
    """What the rule knows of a need."""

    pk: int
    open: int


def needs(lacks: Sequence[int]) -> list[Need]:
    rows = [Lacking(key, lack) for key, lack in enumerate(sorted(lacks, reverse=True))]
    return cast("list[Need]", rows)


LACKS = st.lists(st.integers(1, 2_000), min_size=1, max_size=20)


@given(quantity=st.integers(1, 20_000), lacks=LACKS, least=st.integers(0, 500))
def test_nothing_is_lost_overfilled_or_below_the_least(
    quantity: int, lacks: list[int], least: int
) -> None:
    there = needs(lacks)
    open_at = {need.pk: need.open for need in there}

    proposal = in_proportion(quantity, there, least=least)

    assert sum(proposal.lines.values()) + proposal.left == quantity
    assert [k for k, count in proposal.lines.items() if count > open_at[k]] == []
    assert [k for k, count in proposal.lines.items() if count < max(least, 1)] == []


@given(quantity=st.integers(1, 20_000), lacks=LACKS)
def test_without_a_least_only_what_nobody_lacks_is_left(quantity: int, lacks: list[int]) -> None:
    assert in_proportion(quantity, needs(lacks)).left == max(quantity - sum(lacks), 0)


def test_a_worked_example() -> None:
    proposal = in_proportion(600, needs([500, 300, 200]))

    assert (proposal.lines, proposal.left) == ({0: 375, 1: 225}, 0)
