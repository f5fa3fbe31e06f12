from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from ksbb.audit.models import Entry
from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.reserve import (
    MAX_LINES,
    CommitmentRefusedError,
    LineRequest,
    NeedsFullError,
    Refusal,
    reserve,
)
from ksbb.commitments.enums import Reason, State
from ksbb.commitments.models import Commitment, Movement
from ksbb.needs.enums import Verification as TargetVerification
from ksbb.needs.models import Need
from ksbb.programmes.enums import ProgrammeState, Stage
from ksbb.programmes.models import Programme
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, line_of, lines_for, make_draft
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase, make_programme
from tests.recount import faults

pytestmark = pytest.mark.django_db


def take(
    lines: list[LineRequest],
    *,
    collaborator: Collaborator | None = None,
    programme: Programme | None = None,
) -> Commitment:
    return reserve(
        programme=programme or make_programme(),
        collaborator=collaborator or make_collaborator(),
        lines=lines,
        actor=DESK,
        now=NOON,
    )


def assert_nothing_taken() -> None:
    assert list(Commitment.objects.all()) == []
    assert list(Movement.objects.all()) == []
    assert list(Entry.objects.filter(action__startswith="commitments.")) == []
    assert list(Need.objects.filter(committed__gt=0)) == []


def test_a_reservation_takes_every_line_and_says_so_on_the_book() -> None:
    rice, meals = make_need(100), make_need(50, aid_type=make_aid_type("makanan-siap-saji"))

    commitment = make_draft({rice: 40, meals: 50})

    rice.refresh_from_db()
    meals.refresh_from_db()
    assert (rice.committed, rice.open, meals.committed, meals.open) == (40, 60, 50, 0)
    assert line_of(commitment, rice).quantity == line_of(commitment, rice).committed == 40
    assert list(Movement.objects.values_list("line__need", "stage", "delta", "reason", "at")) == [
        (rice.pk, Stage.COMMITTED, 40, Reason.RESERVE, NOON),
        (meals.pk, Stage.COMMITTED, 50, Reason.RESERVE, NOON),
    ]


def test_a_reservation_is_a_draft_for_half_an_hour() -> None:
    commitment = make_draft(now=NOON)

    assert commitment.state == State.DRAFT
    assert commitment.created_at == NOON
    assert commitment.due_at == NOON + timedelta(minutes=30)


def test_a_reservation_has_a_code_without_letters_that_look_alike() -> None:
    code = make_draft().code

    assert len(code) == 9
    assert code[4] == "-"
    assert set(code) & set("01IOLl") == set()


def test_a_refusal_says_per_line_what_is_still_open() -> None:
    scarce, plenty, none_left = make_need(10), make_need(100), make_need(5)
    make_draft({scarce: 4, none_left: 5})

    with pytest.raises(NeedsFullError) as refused:
        take(lines_for({scarce: 7, plenty: 1, none_left: 2}))

    assert refused.value.refusals == (
        Refusal(scarce.pk, scarce.target.code, scarce.target.name, wanted=7, open=6),
        Refusal(none_left.pk, none_left.target.code, none_left.target.name, wanted=2, open=0),
    )


def test_a_refusal_is_a_sentence_with_the_numbers_in_it() -> None:
    need = make_need(1_000, target=make_target(name="RW 004 Kebayoran Lama"))

    with translation.override("en"), pytest.raises(NeedsFullError) as refused:
        take(lines_for({need: 1_200}))

    assert str(refused.value) == (
        "Nothing was committed, because not everything is still open. "
        "RW 004 Kebayoran Lama: 1,000 still open, 1,200 asked."
    )


def test_where_one_line_is_refused_none_is_taken() -> None:
    scarce, plenty = make_need(10), make_need(100)

    with pytest.raises(NeedsFullError):
        take(lines_for({plenty: 100, scarce: 11}))

    assert_nothing_taken()


def test_all_that_is_open_can_be_taken_and_then_nothing_more() -> None:
    need = make_need(100)
    make_draft({need: 100})

    with pytest.raises(NeedsFullError) as refused:
        take(lines_for({need: 1}))

    assert [line.open for line in refused.value.refusals] == [0]


@pytest.mark.parametrize("quantity", [0, -1, -(10**30)])
def test_a_quantity_below_one_is_refused(quantity: int) -> None:
    need = make_need()

    with pytest.raises(CommitmentRefusedError):
        take([LineRequest(need.pk, quantity)])

    assert_nothing_taken()


def test_a_quantity_beyond_all_measure_is_refused_as_any_other_too_many() -> None:
    need = make_need(100)

    with pytest.raises(NeedsFullError) as refused:
        take([LineRequest(need.pk, 10**30)])

    assert [(line.wanted, line.open) for line in refused.value.refusals] == [(10**30, 100)]


def test_a_commitment_without_lines_is_refused() -> None:
    with pytest.raises(CommitmentRefusedError):
        take([])

    assert_nothing_taken()


def test_a_commitment_with_too_many_lines_is_refused() -> None:
    with pytest.raises(CommitmentRefusedError, match=str(MAX_LINES)):
        take([LineRequest(need_id, 1) for need_id in range(1, MAX_LINES + 2)])

    assert_nothing_taken()


def test_the_same_need_in_two_lines_is_refused() -> None:
    need = make_need()

    with pytest.raises(CommitmentRefusedError):
        take([LineRequest(need.pk, 1), LineRequest(need.pk, 2)])

    assert_nothing_taken()


@pytest.mark.parametrize("unknown", [0, -1, 4_711, 10**30])
def test_a_need_nobody_knows_is_refused(unknown: int) -> None:
    need = make_need()

    with pytest.raises(CommitmentRefusedError):
        take([LineRequest(need.pk, 1), LineRequest(unknown, 1)])

    assert_nothing_taken()


def test_a_need_of_another_programme_is_refused() -> None:
    other = make_programme("pendidikan")
    foreign = make_need(phase=make_phase(programme=other))

    with pytest.raises(CommitmentRefusedError):
        take([LineRequest(foreign.pk, 1)], programme=make_programme())

    assert_nothing_taken()


@pytest.mark.parametrize("state", [ProgrammeState.DRAFT, ProgrammeState.CLOSED])
def test_a_programme_that_is_not_open_takes_no_commitments(state: ProgrammeState) -> None:
    programme = make_programme(state=state)
    need = make_need()

    with pytest.raises(CommitmentRefusedError, match=programme.name):
        take(lines_for({need: 1}))

    assert_nothing_taken()


def test_a_programme_closed_since_the_page_was_opened_takes_no_commitments() -> None:
    need, as_the_page_saw_it = make_need(), make_programme()
    Programme.objects.update(state=ProgrammeState.CLOSED)

    with pytest.raises(CommitmentRefusedError):
        take(lines_for({need: 1}), programme=as_the_page_saw_it)

    assert_nothing_taken()


def test_the_last_minute_of_a_phase_still_counts() -> None:
    need = make_need(phase=make_phase(1))
    last_minute = NOON.replace(month=4, day=30, hour=23, minute=59)

    make_draft({need: 1}, now=last_minute)

    need.refresh_from_db()
    assert need.committed == 1


def test_a_phase_that_is_over_takes_no_commitments() -> None:
    need = make_need(phase=make_phase(1))
    midnight = NOON.replace(hour=0)

    with pytest.raises(CommitmentRefusedError):
        make_draft({need: 1}, now=midnight)

    assert_nothing_taken()


@pytest.mark.parametrize("verification", [TargetVerification.PENDING, TargetVerification.REFUSED])
def test_a_place_that_is_not_verified_takes_no_commitments(
    verification: TargetVerification,
) -> None:
    target = make_target(verification=verification)
    need = make_need(target=target)

    with pytest.raises(CommitmentRefusedError, match=target.name):
        take(lines_for({need: 1}))

    assert_nothing_taken()


def test_a_refused_collaborator_takes_nothing() -> None:
    refused = make_collaborator(verification=Verification.REFUSED)
    need = make_need()

    with pytest.raises(CommitmentRefusedError):
        take(lines_for({need: 1}), collaborator=refused)

    assert_nothing_taken()


def test_a_collaborator_refused_since_the_page_was_opened_takes_nothing() -> None:
    as_the_page_saw_it, need = make_collaborator(), make_need()
    Collaborator.objects.update(verification=Verification.REFUSED)

    with pytest.raises(CommitmentRefusedError):
        take(lines_for({need: 1}), collaborator=as_the_page_saw_it)

    assert_nothing_taken()


def test_a_collaborator_awaiting_verification_may_commit() -> None:
    newcomer = make_collaborator(verification=Verification.PENDING)

    commitment = make_draft(collaborator=newcomer)

    assert commitment.collaborator == newcomer


def test_what_is_taken_from_an_example_place_is_an_example() -> None:
    need = make_need(target=make_target(is_example=True))

    assert make_draft({need: 1}).is_example
    assert not make_draft().is_example


def test_a_reservation_leaves_one_audit_row() -> None:
    commitment = make_draft()

    entry = Entry.objects.get(action__startswith="commitments.")
    assert (entry.action, entry.object_type) == ("commitments.reserve", "commitments.commitment")
    assert (entry.object_id, entry.at, entry.channel) == (str(commitment.pk), NOON, DESK.channel)
    assert set(Movement.objects.values_list("entry", flat=True)) == {entry.pk}
    assert faults() == []


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_beyond_every_column_is_refused_in_words(number: int) -> None:
    need = make_need(100)

    with pytest.raises(NeedsFullError) as refused:
        take([LineRequest(need.pk, number)])
    with pytest.raises(CommitmentRefusedError):
        take([LineRequest(number, 1)])

    assert refused.value.refusals[0].open == 100
    assert_nothing_taken()
