"""A rule is changed while somebody commits to one of its needs."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from ksbb.needs.actions import change_rule as changing
from ksbb.needs.actions.change_rule import change_rule
from ksbb.needs.models import Need
from ksbb.programmes.actions.rule import Formula
from ksbb.programmes.enums import Basis
from ksbb.programmes.models import NeedRule
from tests.concurrency.writers import behind
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import make_need
from tests.factories.programmes import make_rule
from tests.recount import faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

BY: dict[str, Any] = {"actor": DESK, "now": NOON}
HALF = Formula(basis=Basis.FAMILIES, multiplier=1, divisor=2, per_day=False)


@pytest.fixture
def need() -> Need:
    """Return a need of 100, which the rule reckons so."""
    make_rule()
    return make_need(100)


def halve() -> NeedRule:
    return change_rule(rule_id=NeedRule.objects.get().pk, formula=HALF, reason="stok", **BY)


def meet(need: Need) -> list[Any]:
    """Let a promise of 80 come first, and the change of the rule right behind it."""
    held = f"SELECT 1 FROM needs_need WHERE id = {need.pk} FOR UPDATE"
    return behind(held, partial(make_commitment, {need: 80}), halve)


def test_a_promise_that_comes_first_is_not_disturbed_by_a_new_rule(need: Need) -> None:
    promised, changed = meet(need)

    need.refresh_from_db()
    assert not isinstance(promised, Exception)
    assert isinstance(changed, NeedRule)
    assert (need.quantity, need.committed) == (100, 80)
    assert faults() == []


def test_without_holding_the_needs_the_change_meets_the_database(
    need: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changing, "hold", lambda _slots: None)

    _promised, changed = meet(need)

    assert isinstance(changed, IntegrityError)
