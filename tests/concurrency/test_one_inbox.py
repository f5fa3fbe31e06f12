"""Two officers on the same things of the inbox: the second sees what the first did."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

import pytest
from django.db.models import Model

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.needs.actions import decide_many as deciding
from ksbb.needs.actions.decide_many import Decided, decide_many
from ksbb.needs.enums import Verification
from ksbb.needs.models import Target
from ksbb.rights.actions import assign as assigning
from ksbb.rights.actions.assign import AssignmentRefusedError, assign
from ksbb.rights.models import Assignment
from tests.concurrency.writers import GATE, behind, wait_at_the_gate
from tests.factories.accounts import make_pokja
from tests.factories.commitments import NOON
from tests.factories.needs import make_target

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

Call = Callable[[], Any]


def holding(row: Target) -> str:
    return f"SELECT 1 FROM needs_target WHERE id = {row.pk} FOR UPDATE"


def two_officers() -> list[Actor]:
    return [
        Actor(user=make_pokja(f"{name}@example.org"), channel=Channel.WEB)
        for name in ("sari", "budi")
    ]


def decisions(places: Collection[Target]) -> list[Call]:
    seen = {one.pk: 0 for one in places}
    return [
        partial(decide_many, seen=seen, decision=Verification.VERIFIED, actor=one, now=NOON)
        for one in two_officers()
    ]


def takings(place: Target) -> list[Call]:
    return [
        partial(assign, obj=place, officer=one.user, expected=None, actor=one, now=NOON)
        for one in two_officers()
    ]


def test_of_two_who_verify_the_same_places_the_second_is_told_of_each() -> None:
    places = [make_target(verification=Verification.PENDING) for _ in range(2)]
    keys = [one.pk for one in places]

    first, second = behind(holding(places[0]), *decisions(places))

    assert (first, second) == (Decided(keys, []), Decided([], keys))


def test_without_the_lock_both_claim_to_have_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_target(verification=Verification.PENDING)

    def read(keys: Collection[int]) -> list[Target]:
        rows = list(Target.objects.filter(pk__in=keys))
        wait_at_the_gate()
        return rows

    monkeypatch.setattr(deciding, "lock_targets", read)
    monkeypatch.setattr(deciding, "newest_entry_ids", lambda *_: {})

    answers = behind(GATE, *decisions([place]))

    assert answers == [Decided([place.pk], []), Decided([place.pk], [])]


def test_of_two_who_take_one_thing_the_second_is_told_who_has_it() -> None:
    place = make_target(verification=Verification.PENDING)

    first, second = behind(holding(place), *takings(place))

    assert isinstance(first, Assignment)
    assert isinstance(second, AssignmentRefusedError)
    assert "sari@example.org" in str(second)


def test_without_the_lock_both_believe_to_have_taken_it(monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_target(verification=Verification.PENDING)

    def no_lock(_obj: Model) -> None:
        return None

    write = Assignment.objects.update_or_create

    def slowly(**values: Any) -> Any:
        wait_at_the_gate()
        return write(**values)

    monkeypatch.setattr(assigning, "lock", no_lock)
    monkeypatch.setattr(Assignment.objects, "update_or_create", slowly)

    answers = behind(GATE, *takings(place))

    assert [type(one) for one in answers] == [Assignment, Assignment]
    assert Assignment.objects.count() == 1
