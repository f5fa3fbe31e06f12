"""On PostgreSQL an ordinary order is carried out by a function of the database, in one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model, QuerySet
from django.test.utils import CaptureQueriesContext

from ksbb.accounts.models import User
from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions import promise, reserve
from ksbb.commitments.models import Commitment, CommitmentLine, Movement
from ksbb.needs.models import Need
from tests.factories.accounts import make_user
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import NOON, lines_for, make_plan
from tests.factories.needs import make_need, make_target
from tests.recount import faults

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

Give = Callable[[Collaborator, User, dict[Need, int], str], Commitment]
OWN = {"id", "code", "commitment_id", "line_id", "entry_id", "object_id", "idempotency_key"}


def draft(giver: Collaborator, user: User, quantities: dict[Need, int], key: str) -> Commitment:
    return reserve.reserve(
        programme=next(iter(quantities)).phase.programme,
        collaborator=giver,
        lines=lines_for(quantities),
        actor=Actor(user=user, channel=Channel.WEB),
        now=NOON,
        idempotency_key=key,
    )


def whole(giver: Collaborator, user: User, quantities: dict[Need, int], key: str) -> Commitment:
    return promise.promise(
        programme=next(iter(quantities)).phase.programme,
        giver=giver,
        lines=lines_for(quantities),
        plan=make_plan(remark="Minggu sore"),
        actor=Actor(user=user, channel=Channel.WEB),
        now=NOON,
        idempotency_key=key,
    )


def written(commitment: Commitment) -> list[list[dict[str, Any]]]:
    """Return all rows of a commitment but for keys and the drawn code."""
    found: list[QuerySet[Any]] = [
        Commitment.objects.filter(pk=commitment.pk),
        CommitmentLine.objects.filter(commitment=commitment),
        Movement.objects.filter(line__commitment=commitment),
        Entry.objects.filter(object_type="commitments.commitment", object_id=str(commitment.pk)),
    ]
    return [[content(row) for row in rows.order_by("pk")] for rows in found]


def content(row: Model) -> dict[str, Any]:
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in OWN}


def go_the_long_way(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reserve, "take_at_once", lambda *_args, **_named: None)


@pytest.mark.parametrize("give", [draft, whole])
def test_the_short_way_and_the_long_way_write_the_same_rows(
    monkeypatch: pytest.MonkeyPatch, give: Give
) -> None:
    giver, user = make_collaborator(), make_user()
    rice, bread = make_need(100), make_need(100, target=make_target(is_example=True))

    short = give(giver, user, {bread: 7, rice: 40}, "kunci-1")
    go_the_long_way(monkeypatch)
    long = give(giver, user, {bread: 7, rice: 40}, "kunci-2")

    assert written(short) == written(long)
    assert content(short) == content(Commitment.objects.get(pk=short.pk))
    assert faults() == []


@pytest.mark.parametrize("give", [draft, whole])
def test_an_ordinary_order_needs_one_statement(give: Give) -> None:
    giver, user, need = make_collaborator(), make_user(), make_need(100)
    assert need.phase.programme.is_open

    with CaptureQueriesContext(connection) as sent:
        give(giver, user, {need: 40}, "kunci")

    assert len([query for query in sent if "SAVEPOINT" not in query["sql"]]) == 1


def test_what_comes_back_knows_its_programme_and_giver_without_asking() -> None:
    giver, need = make_collaborator(), make_need(100)

    commitment = draft(giver, make_user(), {need: 40}, "kunci")

    with CaptureQueriesContext(connection) as sent:
        known = (commitment.programme, commitment.collaborator)
    assert known == (need.phase.programme, giver)
    assert len(sent) == 0
