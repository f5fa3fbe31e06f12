from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from ksbb.programmes.models import AidType, NeedRule, Phase, Programme
from tests.factories.programmes import make_aid_type, make_phase, make_programme, make_rule

pytestmark = pytest.mark.django_db


def test_the_phases_of_ramadan_have_seven_seven_seven_and_nine_days() -> None:
    assert [make_phase(number).days for number in (1, 2, 3, 4)] == [7, 7, 7, 9]


def test_a_need_by_rule_counts_the_days_only_where_the_aid_is_daily() -> None:
    phase = make_phase(4)
    daily = make_rule(multiplier=4, per_day=True, aid_type=make_aid_type("makanan-siap-saji"))
    weekly = make_rule()

    assert (daily.quantity_for(300, phase), weekly.quantity_for(300, phase)) == (10_800, 300)


def test_names_follow_the_language_of_the_reader() -> None:
    programme, aid_type = make_programme("pangan"), make_aid_type("sembako")

    with translation.override("en"):
        english = [programme.name, aid_type.name]

    assert english == ["KSBB pangan (English)", "sembako (English)"]
    assert [programme.name, aid_type.name] == ["KSBB pangan", "sembako"]


@pytest.mark.parametrize("state", ["DRAFT", "OPEN", "CLOSED"])
def test_only_an_open_programme_takes_commitments(state: str) -> None:
    assert Programme(state=state).is_open == (state == "OPEN")


def test_nothing_ends_before_it_begins() -> None:
    programme, phase = make_programme(), make_phase()
    before = date(2020, 4, 1)

    with pytest.raises(IntegrityError, match="programme_ends"), transaction.atomic():
        Programme.objects.filter(pk=programme.pk).update(ends_on=before)
    with pytest.raises(IntegrityError, match="phase_ends"), transaction.atomic():
        Phase.objects.filter(pk=phase.pk).update(ends_on=before)


def test_numbers_of_phases_and_slugs_of_aid_types_are_given_once() -> None:
    phase, aid_type = make_phase(), make_aid_type()

    with pytest.raises(IntegrityError), transaction.atomic():
        Phase.objects.create(
            programme=phase.programme,
            number=phase.number,
            starts_on=phase.starts_on,
            ends_on=phase.ends_on,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        AidType.objects.create(programme=aid_type.programme, slug=aid_type.slug)


@pytest.mark.parametrize("phase", [None, 2])
def test_there_is_one_rule_for_a_kind_an_aid_type_and_a_phase(phase: int | None) -> None:
    fields: dict[str, Any] = {"phase": phase and make_phase(phase)}
    make_rule(**fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(**fields)


@pytest.mark.parametrize("factor", [{"divisor": 0}, {"multiplier": 0}])
def test_a_rule_never_divides_by_nothing(factor: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(**factor)

    assert list(NeedRule.objects.all()) == []
