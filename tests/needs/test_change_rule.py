"""A rule that changes: its needs follow, and nothing that was promised or decided is disturbed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ksbb.audit.models import Entry
from ksbb.needs.actions.change_rule import PreviewMovedError, change_rule, slots_of
from ksbb.needs.actions.publish import publish
from ksbb.needs.models import Need, NeedAdjustment, Target
from ksbb.needs.reckoning import Change, held_needs, preview_change
from ksbb.programmes.actions.rule import Formula
from ksbb.programmes.actions.write import SetupRefusedError
from ksbb.programmes.enums import Basis
from ksbb.programmes.models import NeedRule
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import make_target
from tests.factories.programmes import make_kind, make_phase, make_programme, make_rule
from tests.recount import faults

pytestmark = pytest.mark.django_db

BY: dict[str, Any] = {"actor": DESK, "now": NOON}
TWICE = Formula(basis=Basis.FAMILIES, multiplier=2, divisor=1, per_day=False)
HALF = Formula(basis=Basis.FAMILIES, multiplier=1, divisor=2, per_day=False)


@pytest.fixture
def rule() -> NeedRule:
    """Return one package per family, with needs of 100, 80 and 61 in the phase of today."""
    make_programme().target_kinds.add(make_kind())
    make_phase(2)
    rule = make_rule()
    for families in (100, 80, 61):
        make_target(families=families)
    publish(programme=rule.programme, **BY)
    return rule


def quantities() -> list[int]:
    return list(Need.objects.order_by("pk").values_list("quantity", flat=True))


def preview(rule: NeedRule, formula: Formula) -> Change:
    return preview_change(slots_of(rule, formula, NOON.date()))


def test_the_needs_follow_and_the_version_goes_up(rule: NeedRule) -> None:
    changed = change_rule(rule_id=rule.pk, formula=HALF, reason="stok", **BY)

    assert (quantities(), changed.version) == ([50, 40, 31], 2)
    assert Entry.objects.get(action="programmes.change_rule").changes == {
        "version": [1, 2],
        "divisor": [1, 2],
        "needs": 3,
        "needed": [241, 121],
        "left": 0,
    }
    assert faults() == []


def test_the_preview_says_what_then_happens(rule: NeedRule) -> None:
    expected = preview(rule, TWICE)

    change_rule(rule_id=rule.pk, formula=TWICE, reason="naik", promised=expected, **BY)

    assert expected == Change(changed=3, before=241, after=482)
    assert quantities() == [200, 160, 122]


def test_nothing_falls_under_what_is_committed_and_nothing_set_by_hand_moves(
    rule: NeedRule,
) -> None:
    promised, by_hand, _free = Need.objects.order_by("pk")
    make_commitment({promised: 60})
    entry = Entry.objects.latest("pk")
    NeedAdjustment.objects.create(need=by_hand, delta=5, at=NOON, reason="RW", entry=entry)

    expected = preview(rule, HALF)
    held = held_needs(slots_of(rule, HALF, NOON.date()), 20)
    change_rule(rule_id=rule.pk, formula=HALF, reason="stok", **BY)

    assert expected == Change(changed=1, before=61, after=31, under_committed=1, by_hand=1)
    assert held == [promised]
    assert quantities() == [100, 85, 31]


def test_a_place_without_the_other_count_is_left(rule: NeedRule) -> None:
    Target.objects.filter(families=100).update(residents=None)
    by_residents = Formula(basis=Basis.RESIDENTS, multiplier=1, divisor=4, per_day=False)

    change_rule(rule_id=rule.pk, formula=by_residents, reason="jiwa", **BY)

    assert quantities() == [100, 100, 100]


def test_what_moved_after_the_preview_stops_the_change(rule: NeedRule) -> None:
    expected = preview(rule, HALF)
    make_commitment({Need.objects.earliest("pk"): 60})

    with pytest.raises(PreviewMovedError):
        change_rule(rule_id=rule.pk, formula=HALF, reason="stok", promised=expected, **BY)

    assert quantities() == [100, 80, 61]


def test_a_phase_that_is_over_stays_as_it_was(rule: NeedRule) -> None:
    later = NOON + timedelta(days=30)

    change_rule(rule_id=rule.pk, formula=TWICE, reason="naik", actor=DESK, now=later)

    assert quantities() == [100, 80, 61]


def test_one_request_changes_a_rule_once(rule: NeedRule) -> None:
    for _ in range(2):
        change_rule(rule_id=rule.pk, formula=TWICE, reason="naik", idempotency_key="1", **BY)

    assert (NeedRule.objects.get().version, quantities()) == (2, [200, 160, 122])


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        (Formula(basis=Basis.FAMILIES, multiplier=1, divisor=1, per_day=False), "sama"),
        (TWICE, " "),
        (Formula(basis=Basis.FAMILIES, multiplier=10**9, divisor=1, per_day=False), "x"),
        (Formula(basis=Basis.FAMILIES, multiplier=0, divisor=1, per_day=False), "x"),
    ],
)
def test_no_change_no_reason_and_impossible_factors_are_refused(
    rule: NeedRule, formula: Formula, reason: str
) -> None:
    with pytest.raises(SetupRefusedError):
        change_rule(rule_id=rule.pk, formula=formula, reason=reason, **BY)

    assert (NeedRule.objects.get().version, quantities()) == (1, [100, 80, 61])


def test_a_need_larger_than_the_book_holds_is_not_made_and_not_changed(rule: NeedRule) -> None:
    huge = Formula(basis=Basis.FAMILIES, multiplier=100_000_000, divisor=1, per_day=False)

    change_rule(rule_id=rule.pk, formula=huge, reason="rupiah", **BY)
    make_target(families=100)
    made = publish(programme=rule.programme, **BY)

    assert (made, quantities()) == (0, [100, 80, 61])
