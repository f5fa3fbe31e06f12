"""The priority rule is published, or a list frozen, twice at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import pytest
from django.db import IntegrityError

from ksbb.audit.actions.record import record
from ksbb.audit.models import Entry
from ksbb.audit.queries import Request
from ksbb.needs.models import Need
from ksbb.priority.actions import freeze as freezing
from ksbb.priority.actions import publish as publishing
from ksbb.priority.actions.freeze import freeze
from ksbb.priority.actions.publish import RuleRefusedError, publish_rule
from ksbb.priority.formula import PLAIN
from ksbb.priority.models import FrozenList, PriorityRule
from ksbb.priority.reading import read_document
from ksbb.programmes.models import Programme
from tests.concurrency.writers import GATE, behind, wait_at_the_gate
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import make_need
from tests.factories.programmes import make_programme

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

BY: Final[dict[str, Any]] = {"reason": "contoh", "actor": DESK, "now": NOON}


def publications(programme: Programme, *, later: Any = None) -> list[Callable[[], Any]]:
    """Return two officers who publish different rules at the same moment."""
    calls = (
        (replace(PLAIN, served_percent=percent), begins)
        for percent, begins in ((50, later), (100, None))
    )
    return [
        partial(publish_rule, programme_id=programme.pk, terms=terms, valid_from=begins, **BY)
        for terms, begins in calls
    ]


def holding(programme: Programme) -> str:
    return f"SELECT 1 FROM programmes_programme WHERE id = {programme.pk} FOR UPDATE"


def test_of_two_who_publish_a_rule_each_gets_a_version_of_its_own() -> None:
    programme = make_programme()

    behind(holding(programme), *publications(programme))

    found = PriorityRule.objects.order_by("number").values_list("number", "served_percent")
    assert list(found) == [(1, 50), (2, 100)]


def test_who_comes_second_does_not_begin_before_the_version_of_the_first() -> None:
    programme = make_programme()
    later = NOON.replace(year=2021)

    first, second = behind(holding(programme), *publications(programme, later=later))

    assert isinstance(first, PriorityRule)
    assert isinstance(second, RuleRefusedError)


def test_without_the_lock_the_second_rule_meets_a_bare_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programme = make_programme()

    def no_lock(key: int) -> Programme:
        return Programme.objects.get(pk=key)

    write = record

    def slowly(**values: Any) -> Entry:
        wait_at_the_gate()
        return write(**values)

    monkeypatch.setattr(publishing, "lock_programme", no_lock)
    monkeypatch.setattr(publishing, "record", slowly)

    answers = behind(GATE, *publications(programme))

    assert {type(one) for one in answers} == {PriorityRule, IntegrityError}


@pytest.fixture
def freezings() -> list[Callable[[], Any]]:
    """Return one form sent twice; both come while the rows of the list are read."""
    need: Need = make_need(100)
    publications(need.phase.programme)[0]()
    terms: dict[str, Any] = {
        "phase": need.phase,
        "aid_type": need.aid_type,
        "packages": 60,
        "seed": 7,
    }
    return [partial(freeze, **terms, **BY, idempotency_key="klik")] * 2


@pytest.fixture
def _slow_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_document

    def slowly(*args: Any, **values: Any) -> Any:
        wait_at_the_gate()
        return read(*args, **values)

    monkeypatch.setattr(freezing, "read_document", slowly)


@pytest.mark.usefixtures("_slow_reading")
def test_one_list_sent_twice_at_once_is_frozen_once(freezings: list[Callable[[], Any]]) -> None:
    first, second = behind(GATE, *freezings)

    assert first == second == FrozenList.objects.get()


@pytest.mark.usefixtures("_slow_reading")
def test_without_the_lock_the_second_list_meets_a_bare_error(
    freezings: list[Callable[[], Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(request: Request) -> Entry | None:
        return Entry.objects.filter(idempotency_key=request.key).first()

    monkeypatch.setattr(freezing, "find_replay", find)

    answers = behind(GATE, *freezings)

    assert {type(one) for one in answers} == {FrozenList, IntegrityError}
    assert FrozenList.objects.count() == 1
