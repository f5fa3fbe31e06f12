"""The audit of a published plan from its files alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from ksbb.plans.actions.offer import Where
from ksbb.plans.checking import PlanFileError, check
from ksbb.plans.enums import Reach
from ksbb.plans.reckoning import text_of
from tests.factories.plans import A, make_city, make_offer_of, make_published
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db

Files = tuple[Path, Path]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Return the two files of a plan with wishes, as they were published."""
    make_city()
    make_offer_of(160, Where(reach=Reach.AREA, area=make_region(A)))
    make_offer_of(50)
    plan = make_published()
    asked, told = tmp_path / "masukan.json", tmp_path / "hasil.json"
    asked.write_text(plan.input)
    told.write_text(plan.output)
    return asked, told


def audited(*files: Path) -> tuple[int, str]:
    """Return the exit code of the command and what it printed; no database may be asked."""

    def refuse(*_: object) -> None:
        pytest.fail("the audit asked the database")

    out = StringIO()
    with connection.execute_wrapper(refuse):
        try:
            call_command("audit_plan", *map(str, files), lang="en", stdout=out, stderr=StringIO())
        except SystemExit as end:
            return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def test_a_plan_as_it_was_published_passes_in_either_order(files: Files) -> None:
    first, second = audited(*files), audited(*reversed(files))

    assert first == second
    assert first[0] == 0
    assert "✗" not in first[1]
    assert "No package could move to where it is due before." in first[1]


def _less(told: dict[str, Any]) -> None:
    told["places"][0][1] -= 1


def _moved(told: dict[str, Any]) -> None:
    told["places"][0][1] += 1
    told["places"][1][1] -= 1


def _visit(told: dict[str, Any]) -> None:
    told["places"][0][2] += 1


def _sent(told: dict[str, Any]) -> None:
    told["shipments"][0][2] += 1


def _figure(told: dict[str, Any]) -> None:
    told["figures"]["50"]["gini"] += 0.01


def _level(told: dict[str, Any]) -> None:
    told["pieces"][0]["level"] = 0.9


def _seed(told: dict[str, Any]) -> None:
    told["seed"] += 1


def _gone(told: dict[str, Any]) -> None:
    del told["shipments"][0]


@pytest.mark.parametrize("tamper", [_less, _moved, _visit, _sent, _figure, _level, _seed, _gone])
def test_one_changed_figure_of_the_result_is_found(
    tamper: Callable[[dict[str, Any]], None], files: Files
) -> None:
    told = json.loads(files[1].read_text())
    tamper(told)
    files[1].write_text(text_of(told))

    code, printed = audited(*files)

    assert code == 1
    assert "✗" in printed


def test_a_changed_need_is_found(files: Files) -> None:
    asked = json.loads(files[0].read_text())
    asked["places"][0][5] += 1
    files[0].write_text(text_of(asked))

    code, printed = audited(*files)

    assert code == 1
    assert "The result was made from another input than this file." in printed


def test_the_certificate_names_who_was_due_before(files: Files) -> None:
    told = json.loads(files[1].read_text())
    told["places"][2][1] -= 5
    told["places"][3][1] += 5
    name = told["places"][2][0]

    failed = [one.sentence for one in check(files[0].read_text(), text_of(told)) if not one.holds]

    assert any(name in sentence and "before" not in sentence for sentence in failed)


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"format": "ksbb-plan-input/1"}', '{"format": []}'],
)
@pytest.mark.parametrize("which", [0, 1])
def test_what_is_no_plan_is_refused_in_a_sentence(which: int, text: str, files: Files) -> None:
    files[which].write_text(text)

    with pytest.raises(PlanFileError):
        audited(*files)


@pytest.mark.parametrize("value", [None, -1, float("nan"), 2**70])
@pytest.mark.parametrize("part", ["places", "offers", "seed", "share", "least"])
def test_nonsense_inside_is_a_sentence_too(part: str, value: Any, files: Files) -> None:
    asked = json.loads(files[0].read_text())
    if part in {"places", "offers"}:
        row = asked[part][0]
        row[5 if part == "places" else "packages"] = value
    else:
        asked[part] = value
    files[0].write_text(json.dumps(asked))

    with suppress(PlanFileError):
        assert audited(*files)[0] == 1


def test_a_file_that_is_not_there_is_named(files: Files) -> None:
    with pytest.raises(PlanFileError, match=r"tidak-ada\.json"):
        audited(files[0], files[0].with_name("tidak-ada.json"))
