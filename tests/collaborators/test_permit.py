from __future__ import annotations

from datetime import date

import pytest

from ksbb.audit.models import Entry
from ksbb.collaborators.actions.permit import (
    PermitPaper,
    PermitRefusedError,
    add_permit,
    restore_permit,
    suspend_permit,
)
from ksbb.collaborators.enums import Standing
from ksbb.collaborators.models import Collaborator, Permit
from ksbb.collaborators.queries import collecting, standing_of
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import make_aggregator, make_permit
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db

TODAY = date(2020, 5, 1)


def standing(aggregator: Collaborator, area: str = "31", day: date = TODAY) -> Standing:
    return standing_of(aggregator, area=area, day=day)[0]


def test_a_permit_is_written_down_once_per_request() -> None:
    paper = PermitPaper(number="1", issuer="Kemensos", region="", valid_until=TODAY)
    holder = make_collaborator(is_aggregator=True)

    first, second = (
        add_permit(
            collaborator_id=holder.pk, paper=paper, actor=DESK, now=NOON, idempotency_key="x"
        )
        for _ in range(2)
    )

    assert first == second
    assert Entry.objects.filter(action="collaborators.add_permit").count() == 1


@pytest.mark.parametrize(
    "fields", [{"number": " "}, {"issuer": ""}, {"number": "CONTOH-1"}], ids=str
)
def test_a_permit_needs_a_number_of_its_own_and_an_issuer(fields: dict[str, str]) -> None:
    aggregator = make_aggregator()

    with pytest.raises(PermitRefusedError):
        make_permit(aggregator, **fields)
    assert Permit.objects.count() == 1


def test_only_an_aggregator_holds_a_permit() -> None:
    with pytest.raises(PermitRefusedError):
        make_permit(make_collaborator())


def test_a_permit_stands_by_day_area_and_suspension() -> None:
    aggregator = make_collaborator(is_aggregator=True)
    assert standing(aggregator) == Standing.MISSING

    permit = make_permit(aggregator, region=make_region("31").pk, valid_until=TODAY)

    assert standing(aggregator, "31.74") == Standing.VALID
    assert standing(aggregator, "32") == Standing.OUT_OF_SCOPE
    assert standing(aggregator, day=date(2020, 5, 2)) == Standing.EXPIRED
    suspend_permit(permit_id=permit.pk, reason="diperiksa", actor=DESK, now=NOON)
    assert standing(aggregator) == Standing.SUSPENDED
    restore_permit(permit_id=permit.pk, reason="selesai", actor=DESK, now=NOON)
    assert standing(aggregator) == Standing.VALID


def test_suspending_and_restoring_need_a_reason_and_a_change() -> None:
    permit = make_permit(make_collaborator(is_aggregator=True))

    for action, reason in (
        (suspend_permit, " "),
        (restore_permit, " "),
        (restore_permit, "tidak ditangguhkan"),
    ):
        with pytest.raises(PermitRefusedError):
            action(permit_id=permit.pk, reason=reason, actor=DESK, now=NOON)
    suspend_permit(permit_id=permit.pk, reason="diperiksa", actor=DESK, now=NOON)
    with pytest.raises(PermitRefusedError):
        suspend_permit(permit_id=permit.pk, reason="lagi", actor=DESK, now=NOON)


def test_those_who_may_collect_are_listed_by_name() -> None:
    second, first = make_aggregator("PMI"), make_aggregator("ACT")
    make_collaborator("Tanpa izin", is_aggregator=True)
    make_aggregator("Anonim", is_anonymous=True)

    assert collecting(area="31", day=TODAY) == [first, second]
    assert collecting(area="31", day=date(2021, 1, 1)) == []
