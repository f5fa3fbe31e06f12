"""Programmes are set up by actions: checked, on record, once; what is in use is not disturbed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from ksbb.audit.models import Entry
from ksbb.audit.queries import ChangedMeanwhileError
from ksbb.needs.actions.change_phase import change_phase
from ksbb.needs.actions.choose_kinds import choose_kinds
from ksbb.programmes.actions.aid_type import add_aid_type, change_aid_type, remove_aid_type
from ksbb.programmes.actions.kind import add_kind, change_kind
from ksbb.programmes.actions.phase import add_phase, remove_phase
from ksbb.programmes.actions.programme import change_programme, create_programme
from ksbb.programmes.actions.rule import Formula, add_rule, remove_rule
from ksbb.programmes.actions.state import close_programme, reopen_programme
from ksbb.programmes.actions.write import SetupRefusedError
from ksbb.programmes.enums import Basis, ProgrammeState, Unit
from ksbb.programmes.models import AidType, Phase, Programme, TargetKind
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import make_need
from tests.factories.programmes import (
    make_aid_type,
    make_kind,
    make_phase,
    make_programme,
    make_rule,
)
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db

BY: dict[str, Any] = {"actor": DESK, "now": NOON}
EACH = Formula(basis=Basis.RESIDENTS, multiplier=1, divisor=1, per_day=False)
STALLS = {
    "name_id": "Lapak",
    "name_en": "Stalls",
    "unit": Unit.STALL,
    "frequency": "ONCE",
    "reference_price": 1_000_000,
}


def newcomer() -> dict[str, Any]:
    return {
        "name_id": "KSBB UMKM contoh",
        "name_en": "KSBB small businesses (example)",
        "organiser": "Dinas PPKUKM",
        "root_region": make_region("31"),
        "starts_on": date(2020, 5, 1),
        "ends_on": date(2020, 7, 31),
        "release_place": "BALAIKOTA JAKARTA",
    }


def told() -> list[str]:
    """Return what was done, in order."""
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def test_a_programme_is_begun_once_and_in_preparation() -> None:
    first, again = (
        create_programme(slug="umkm", values=newcomer(), **BY, idempotency_key="1")
        for _ in range(2)
    )

    assert (first, first.state) == (again, ProgrammeState.DRAFT)
    assert told() == ["programmes.create"]


@pytest.mark.parametrize("wrong", [{"name_en": " "}, {"ends_on": date(2020, 4, 1)}])
def test_a_programme_without_a_name_or_with_turned_days_is_not_begun(
    wrong: dict[str, Any],
) -> None:
    with pytest.raises(SetupRefusedError):
        create_programme(slug="umkm", values=newcomer() | wrong, **BY)

    assert (Programme.objects.count(), told()) == (0, [])


def test_a_code_is_given_once() -> None:
    make_programme("umkm")

    with pytest.raises(SetupRefusedError, match="umkm"):
        create_programme(slug="umkm", values=newcomer(), **BY)


def test_a_change_is_on_record_with_before_and_after() -> None:
    programme = make_programme()

    change_programme(programme_id=programme.pk, values={"follow_up_hours": 72}, **BY)

    assert Entry.objects.get().changes == {"follow_up_hours": [48, 72]}


def test_who_did_not_see_the_last_change_changes_nothing() -> None:
    programme = make_programme()
    change_programme(programme_id=programme.pk, values={"follow_up_hours": 72}, **BY)

    with pytest.raises(ChangedMeanwhileError):
        change_programme(programme_id=programme.pk, values={"agency": "JDCN"}, seen=0, **BY)


@pytest.mark.parametrize("values", [{"fulfilment_stage": "RECEIVED"}, {"root_region": "32"}])
def test_what_published_figures_rest_on_stands(values: dict[str, Any]) -> None:
    programme = make_programme()
    if "root_region" in values:
        values = {"root_region": make_region("32")}

    with pytest.raises(SetupRefusedError, match="sudah terbit"):
        change_programme(programme_id=programme.pk, values=values, **BY)


def test_the_days_of_a_programme_hold_its_phases() -> None:
    phase = make_phase(4)

    with pytest.raises(SetupRefusedError, match="4"):
        change_programme(
            programme_id=phase.programme_id, values={"ends_on": date(2020, 5, 20)}, **BY
        )

    assert Programme.objects.get().ends_on == date(2020, 5, 23)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [("2020-05-01", "2020-05-05"), ("2020-05-08", "2020-06-30"), ("2020-05-09", "2020-05-08")],
)
def test_a_phase_lies_in_its_programme_and_meets_no_other(starts_on: str, ends_on: str) -> None:
    programme = make_phase(2).programme

    with pytest.raises(SetupRefusedError):
        add_phase(
            programme_id=programme.pk,
            starts_on=date.fromisoformat(starts_on),
            ends_on=date.fromisoformat(ends_on),
            **BY,
        )


def test_phases_are_numbered_in_a_row() -> None:
    programme = make_phase(1).programme

    phase = add_phase(
        programme_id=programme.pk, starts_on=date(2020, 5, 1), ends_on=date(2020, 5, 7), **BY
    )

    assert phase.number == 2


def test_a_phase_without_needs_moves_and_goes() -> None:
    phase = make_phase(2)

    change_phase(phase_id=phase.pk, starts_on=date(2020, 5, 3), ends_on=date(2020, 5, 4), **BY)
    remove_phase(phase_id=phase.pk, **BY)

    assert list(Phase.objects.all()) == []
    assert told() == ["programmes.change_phase", "programmes.remove_phase"]


def test_a_phase_with_needs_stays_and_only_grows() -> None:
    phase = make_need().phase

    with pytest.raises(SetupRefusedError, match="kebutuhan"):
        remove_phase(phase_id=phase.pk, **BY)
    with pytest.raises(SetupRefusedError, match="diperpanjang"):
        change_phase(phase_id=phase.pk, starts_on=date(2020, 5, 2), ends_on=date(2020, 5, 7), **BY)
    change_phase(phase_id=phase.pk, starts_on=date(2020, 5, 1), ends_on=date(2020, 5, 9), **BY)

    assert Phase.objects.get().ends_on == date(2020, 5, 9)


def test_needs_by_the_day_grow_with_their_phase() -> None:
    phase = make_phase(2)
    meals = make_aid_type("makanan-siap-saji")
    make_rule(aid_type=meals, multiplier=4, per_day=True)
    need = make_need(100 * 4 * 7, aid_type=meals)

    change_phase(phase_id=phase.pk, starts_on=date(2020, 5, 1), ends_on=date(2020, 5, 9), **BY)

    need.refresh_from_db()
    assert need.quantity == 100 * 4 * 9


def test_a_unit_stands_once_something_is_counted_in_it() -> None:
    aid_type = make_need().aid_type

    with pytest.raises(SetupRefusedError, match="satuan"):
        change_aid_type(aid_type_id=aid_type.pk, values={"unit": Unit.RUPIAH}, **BY)
    with pytest.raises(SetupRefusedError, match="tidak dapat dihapus"):
        remove_aid_type(aid_type_id=aid_type.pk, **BY)
    change_aid_type(aid_type_id=aid_type.pk, values={"reference_price": 250_000}, **BY)

    fresh = AidType.objects.get()
    assert (fresh.unit, fresh.reference_price) == (Unit.FAMILY_WEEK, 250_000)


def test_kinds_of_aid_come_in_order_and_go_with_their_rules_while_in_preparation() -> None:
    programme = make_programme(state=ProgrammeState.DRAFT)
    kind = make_kind("lokbin")
    choose_kinds(programme_id=programme.pk, kinds=frozenset({kind.pk}), **BY)
    made = [
        add_aid_type(programme_id=programme.pk, slug=slug, values=STALLS, **BY)
        for slug in ("lapak", "wastafel")
    ]
    add_rule(
        programme_id=programme.pk,
        kind_id=kind.pk,
        aid_type_id=made[0].pk,
        phase_id=None,
        formula=EACH,
        **BY,
    )

    assert [one.position for one in made] == [0, 1]
    remove_aid_type(aid_type_id=made[0].pk, **BY)
    assert (programme.aid_types.count(), programme.need_rules.count()) == (1, 0)


def test_a_kind_of_place_with_needs_stays_in_its_programme() -> None:
    need = make_need()
    programme, rw = need.phase.programme, need.target.kind
    school = make_kind("sekolah")
    choose_kinds(programme_id=programme.pk, kinds=frozenset({rw.pk, school.pk}), **BY)

    with pytest.raises(SetupRefusedError, match="tidak dapat dilepas"):
        choose_kinds(programme_id=programme.pk, kinds=frozenset({school.pk}), **BY)
    choose_kinds(programme_id=programme.pk, kinds=frozenset({rw.pk}), **BY)

    assert list(programme.target_kinds.all()) == [rw]


def test_a_kind_of_place_says_whom_it_counts() -> None:
    kind = add_kind(slug="lokbin", values={"name_id": "Lokbin", "name_en": "Lokbin"}, **BY)
    assert kind.people == "penghuni"

    change_kind(kind_id=kind.pk, values={"people_id": "pedagang"}, **BY)

    assert TargetKind.objects.get(slug="lokbin").people == "pedagang"


def test_a_rule_stands_once_and_is_removed_with_a_reason() -> None:
    rule = make_rule()
    rule.programme.target_kinds.add(rule.target_kind)
    slot: dict[str, Any] = {
        "programme_id": rule.programme_id,
        "kind_id": rule.target_kind_id,
        "aid_type_id": rule.aid_type_id,
        "phase_id": None,
    }

    with pytest.raises(SetupRefusedError, match="Sudah ada"):
        add_rule(**slot, formula=EACH, **BY)
    with pytest.raises(SetupRefusedError, match="mengapa"):
        remove_rule(rule_id=rule.pk, reason=" ", **BY)
    remove_rule(rule_id=rule.pk, reason="salah tulis", **BY)

    assert rule.programme.need_rules.count() == 0


def test_a_programme_is_closed_and_opened_again_with_reasons() -> None:
    programme = make_programme()

    with pytest.raises(SetupRefusedError, match="alasan"):
        close_programme(programme_id=programme.pk, reason="", **BY)
    close_programme(programme_id=programme.pk, reason="selesai", **BY)
    with pytest.raises(SetupRefusedError, match="keadaan"):
        close_programme(programme_id=programme.pk, reason="selesai", **BY)
    reopen_programme(programme_id=programme.pk, reason="diperpanjang", **BY)

    assert Programme.objects.get().state == ProgrammeState.OPEN
    assert told() == ["programmes.close", "programmes.reopen"]


def test_the_database_keeps_codes_units_and_phases_that_are_in_use() -> None:
    need = make_need()
    changes: list[tuple[Any, dict[str, Any]]] = [
        (Programme.objects, {"slug": "lain"}),
        (TargetKind.objects, {"slug": "lain"}),
        (AidType.objects, {"slug": "lain"}),
        (AidType.objects, {"unit": Unit.PIECE}),
        (Phase.objects, {"number": 9}),
        (Phase.objects, {"ends_on": date(2020, 5, 6)}),
    ]

    for rows, change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    Phase.objects.update(ends_on=date(2020, 5, 8))

    need.phase.refresh_from_db()
    assert need.phase.ends_on == date(2020, 5, 8)


def test_the_guards_of_the_database_are_in_their_places() -> None:
    # On SQLite a migration that rebuilds a table loses its triggers: see needs/migrations/0008.
    name = "programmes\\_%stands"
    table, column = {
        "sqlite": ("sqlite_master WHERE type = 'trigger' AND", "name"),
        "postgresql": ("pg_trigger WHERE", "tgname"),
    }[connection.vendor]
    words = f"SELECT count(*) FROM {table} {column} LIKE %s ESCAPE '\\'"
    with connection.cursor() as cursor:
        cursor.execute(words, [name])
        assert cursor.fetchone() == (5,)
