"""The rule is published in versions; lists by it are simulated, frozen and checked by anybody."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from ksbb.audit.models import Entry
from ksbb.needs.models import Need
from ksbb.needs.queries_list import needs_of
from ksbb.priority.actions.publish import publish_rule
from ksbb.priority.models import FrozenList, PriorityRule
from ksbb.priority.ordering import by_priority
from ksbb.priority.reading import read_document
from ksbb.priority.reckoning import simulate
from ksbb.programmes.models import FourEyes
from ksbb.rights.enums import Step
from ksbb.rights.models import Approval
from ksbb.shared.fingerprint import digest_of
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.accounts import make_pokja
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.overlap import make_served
from tests.factories.programmes import make_aid_type, make_kind, make_phase, make_programme
from tests.priority.test_formula import TERMS

pytestmark = pytest.mark.django_db

RECKONED: Final[Any] = ("reckoned_weight", "reckoned_packages")
NUMBERS: Final = {name: str(value) for name, value in TERMS.__dict__.items()}


@pytest.fixture
def needs(settings: Settings) -> list[Need]:
    """Return the four needs of the worked example, A to D."""
    settings.KSBB_CLOCK = NOON.isoformat()
    make_programme().target_kinds.set([make_kind()])
    today = NOON.date()
    ages = (0, 30, 300, None)
    made = [
        make_need(
            families,
            target=make_target(
                name=name,
                families=families,
                counted_on=None if age is None else today - timedelta(days=age),
            ),
        )
        for name, families, age in zip("ABCD", (100, 300, 300, 20), ages, strict=True)
    ]
    make_commitment({made[1]: 150})
    make_served(made[2], 400, day=date(2020, 4, 30))
    return made


@pytest.fixture
def officer() -> Officer:
    return Officer(make_pokja())


@pytest.fixture
def rule(needs: list[Need]) -> PriorityRule:
    assert needs
    return publish_rule(
        programme_id=make_programme().pk,
        terms=TERMS,
        valid_from=None,
        reason="Rapat contoh",
        actor=DESK,
        now=NOON,
    )


def freeze(officer: Officer, **changed: str) -> Any:
    typed = {"bantuan": "sembako", "fase": "2", "jumlah": "10", "alasan": "Minggu kedua"}
    return officer.send("prioritas/bekukan/", page="prioritas/", **typed | changed)


@pytest.mark.usefixtures("needs")
def test_a_version_is_published_with_its_reason_and_the_next_one_counts_on(
    officer: Officer, client: Client
) -> None:
    typed = NUMBERS | {"alasan": "Rapat contoh 1"}
    officer.post("prioritas/aturan/", officer.form("prioritas/") | typed)
    silent = officer.post("prioritas/aturan/", officer.form("prioritas/") | NUMBERS)
    later = typed | {"mulai": "2020-05-09T08:00", "served_percent": "100"}
    officer.post("prioritas/aturan/", officer.form("prioritas/") | later)
    early = typed | {"mulai": "2020-04-09T08:00"}
    past = officer.post("prioritas/aturan/", officer.form("prioritas/") | early)

    first, second = PriorityRule.objects.order_by("number")
    guide = words(client.get("/en/panduan/prioritas/"))
    assert (first.terms, first.valid_from, second.number) == (TERMS, NOON, 2)
    assert (silent.status_code, complaint(silent)) == (422, ["Say why."])
    assert complaint(past) == ["A rule cannot begin in the past: lists were made without it."]
    assert "what government aid and other organisations brought 50 per cent." in guide
    assert "Version 2, valid from 9 May 2020" in guide
    assert "Rapat contoh 1" in guide
    with pytest.raises(IntegrityError), transaction.atomic():
        PriorityRule.objects.update(served_percent=0)


def test_the_list_and_the_simulation_have_one_order(rule: PriorityRule, client: Client) -> None:
    phase, aid_type = make_phase(), make_aid_type()
    document = read_document(rule, aid_type, phase, packages=10, seed=1, now=NOON)
    made = simulate(document)
    needs = by_priority(needs_of(aid_type, phase), rule.terms, 4, NOON.date())

    page = words(client.get("/sasaran/?urut=prioritas"))

    assert [one.place.name for one in made.rows] == ["A", "D", "B", "C"]
    assert [need.target.name for need in needs] == ["A", "D", "B", "C"]
    reckoned = [(one.weight, one.counted) for one in made.rows]
    assert [tuple(row) for row in needs.values_list(*RECKONED)] == reckoned
    assert sorted("ABCD", key=lambda name: page.index(f">{name}</a>")) == ["A", "D", "B", "C"]


def test_without_a_rule_the_list_is_in_plain_order_and_nothing_is_frozen(
    needs: list[Need], officer: Officer, client: Client
) -> None:
    assert needs
    assert client.get("/sasaran/?urut=prioritas").status_code == 200
    assert "No priority rule was published" in words(client.get("/en/prioritas/"))
    refused = freeze(officer)
    assert (refused.status_code, FrozenList.objects.count()) == (409, 0)


@pytest.mark.usefixtures("rule")
def test_everybody_sees_where_the_next_packages_would_go(client: Client) -> None:
    page = words(client.get("/en/prioritas/?jumlah=10"))
    wrong = client.get("/en/prioritas/?jumlah=banyak&fase=9")

    assert "10 sembako (English) of phase 2 would go to 2 places." in page
    assert "Rule version 1, seed 20200501, digest of the input" in page
    assert wrong.status_code == 400
    assert Entry.objects.filter(action__startswith="priority.freeze").count() == 0


@pytest.mark.usefixtures("rule")
def test_a_list_is_frozen_and_nothing_later_alters_it(
    needs: list[Need], officer: Officer, client: Client, tmp_path: Path
) -> None:
    assert freeze(officer).status_code == 302
    frozen = FrozenList.objects.get()
    make_commitment({needs[0]: 100})
    files = {name: tmp_path / name for name in ("masukan.json", "daftar.csv")}
    for name, path in files.items():
        path.write_bytes(client.get(f"/prioritas/{frozen.code}/{name}").content)

    said = io.StringIO()
    call_command("check_list", *map(str, files.values()), "--lang=en", stdout=said)

    page = words(client.get(f"/en/prioritas/{frozen.code}/"))
    assert frozen.input_digest in page
    assert frozen.output_digest in page
    assert digest_of(frozen.output) == frozen.output_digest
    assert (frozen.placed, frozen.packages, frozen.rule.number) == (10, 10, 1)
    assert "The list follows from the input and the rule, row by row." in said.getvalue()
    assert json.loads(frozen.input)["places"][0][3:] == [100, 0, 0, 100, 0]
    with pytest.raises(IntegrityError), transaction.atomic():
        FrozenList.objects.update(placed=0)


@pytest.mark.usefixtures("rule")
def test_a_list_that_was_touched_is_found_out(officer: Officer, tmp_path: Path) -> None:
    freeze(officer)
    frozen = FrozenList.objects.get()
    paths = tmp_path / "masukan.json", tmp_path / "daftar.csv"
    paths[0].write_bytes(frozen.input.encode())
    paths[1].write_bytes(frozen.output.replace(",9\r\n", ",8\r\n").encode())

    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_list", *map(str, paths), "--lang=en", stdout=said, stderr=said)

    assert ended.value.code == 1
    assert "This is not the list that the rule makes of this input." in said.getvalue()


@pytest.mark.usefixtures("rule")
def test_where_the_programme_marks_it_a_second_officer_publishes_and_freezes(
    officer: Officer,
) -> None:
    for step in (Step.PUBLISH_RULE, Step.FREEZE_LIST):
        FourEyes.objects.create(programme=make_programme(), step=step)
    second = Officer(make_pokja())

    typed = NUMBERS | {"alasan": "Rapat contoh 2", "served_percent": "0"}
    officer.post("prioritas/aturan/", officer.form("prioritas/") | typed)
    freeze(officer)
    assert (PriorityRule.objects.count(), FrozenList.objects.count()) == (1, 0)
    for approval in Approval.objects.order_by("pk"):
        page = f"persetujuan/{approval.pk}/"
        officer.send(f"{page}setuju/", page=page)
        assert second.send(f"{page}setuju/", page=page).status_code == 302

    assert list(PriorityRule.objects.values_list("served_percent", flat=True)) == [0, 50]
    assert FrozenList.objects.get().rule.number == 2
