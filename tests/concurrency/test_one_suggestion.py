"""Two officers who decide on one suggestion, or write and take back one list, at the same time."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

import pytest

from ksbb.audit.models import Entry
from ksbb.needs.models import Target
from ksbb.overlap.actions import enter as entering
from ksbb.overlap.actions import files, take_back
from ksbb.overlap.actions.enter import ServedRefusedError
from ksbb.overlap.actions.files import undo_list, write_list
from ksbb.overlap.judging import judge, state_of
from ksbb.overlap.models import Served, ServedFile
from ksbb.programmes.locking import LockedProgramme
from ksbb.programmes.models import Programme
from ksbb.suggestions.actions import decide as deciding
from ksbb.suggestions.actions.decide import decide
from ksbb.suggestions.actions.suggest import SuggestionRefusedError
from ksbb.suggestions.enums import State
from ksbb.suggestions.locking import LockedSuggestion
from ksbb.suggestions.models import Suggestion
from tests.concurrency.writers import behind
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import make_need
from tests.factories.overlap import make_served_file
from tests.factories.suggestions import make_new_place

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

BY: dict[str, Any] = {"actor": DESK, "now": NOON}


def decided_twice() -> tuple[Suggestion, list[object]]:
    """Let one officer accept a new place while another one refuses it; both stand at its row."""
    made = make_new_place("Panti Contoh")
    calls = [
        partial(decide, suggestion_id=made.pk, state=state, answer="Contoh", **BY)
        for state in (State.ACCEPTED, State.REFUSED)
    ]
    held = f"SELECT 1 FROM suggestions_suggestion WHERE id = {made.pk} FOR UPDATE"
    outcomes = behind(held, *calls)
    made.refresh_from_db()
    return made, list(outcomes)


def test_of_two_who_decide_on_a_suggestion_the_second_is_told() -> None:
    made, (first, second) = decided_twice()

    assert first == made
    assert isinstance(second, SuggestionRefusedError)
    assert (made.state, Target.objects.count()) == (State.ACCEPTED, 1)


def test_without_the_lock_a_suggestion_is_accepted_and_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unlocked(key: int) -> LockedSuggestion:
        return LockedSuggestion(Suggestion.objects.get(pk=key))

    monkeypatch.setattr(deciding, "lock_suggestion", unlocked)

    made, outcomes = decided_twice()

    assert outcomes == [made, made]
    # Refused in the end, and entered all the same.
    assert (made.state, Target.objects.count()) == (State.REFUSED, 1)


def written_and(*calls: Any, file: ServedFile) -> list[object]:
    """Let the calls come up behind the programme of a list, one by one."""
    held = f"SELECT 1 FROM programmes_programme WHERE id = {file.programme_id} FOR UPDATE"
    return list(behind(held, *calls))


def write_of(file: ServedFile) -> Any:
    state = state_of(judge(file.rows, file.programme, NOON))
    return partial(write_list, file_id=file.pk, state=state, **BY)


def test_of_two_who_write_one_list_the_second_is_told() -> None:
    file = make_served_file(make_need(100))

    first, second = written_and(write_of(file), write_of(file), file=file)

    assert first == file
    assert isinstance(second, ServedRefusedError)
    assert list(Served.objects.values_list("delta", flat=True)) == [7]


def test_a_list_that_is_taken_back_while_it_is_written_goes_whole() -> None:
    file = make_served_file(make_need(100))
    undo = partial(undo_list, file_id=file.pk, reason="keliru", **BY)

    written, undone = written_and(write_of(file), undo, file=file)

    assert (written, undone) == (file, file)
    assert list(Served.objects.order_by("pk").values_list("delta", flat=True)) == [7, -7]
    file.refresh_from_db()
    assert file.state == "TAKEN_BACK"


def test_a_list_that_was_taken_back_first_is_not_written() -> None:
    file = make_served_file(make_need(100))
    undo = partial(undo_list, file_id=file.pk, reason="keliru", **BY)

    undone, written = written_and(undo, write_of(file), file=file)

    assert undone == file
    assert isinstance(written, ServedRefusedError)
    assert Served.objects.count() == 0


def test_without_the_lock_two_write_one_list_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(key: int) -> LockedProgramme:
        return LockedProgramme(Programme.objects.get(pk=key))

    for module in (entering, files, take_back):
        monkeypatch.setattr(cast("Any", module), "lock_programme", unlocked)
    file = make_served_file(make_need(100))
    held = f"SELECT 1 FROM overlap_servedfile WHERE id = {file.pk} FOR UPDATE"

    outcomes = behind(held, write_of(file), write_of(file))

    assert outcomes == [file, file]
    assert list(Served.objects.values_list("delta", flat=True)) == [7, 7]
    assert Entry.objects.filter(action="overlap.list_written").count() == 2
