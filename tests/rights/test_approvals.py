"""What a programme marks takes two officers; an officer of an area always takes a second."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from pytest_django import Settings

from ksbb.accounts.enums import Role
from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.backoffice.asked import facts_of
from ksbb.collaborators.enums import Verification
from ksbb.needs.actions.adjust import NeedNotAdjustableError, adjust
from ksbb.needs.models import Need
from ksbb.priority.actions.freeze import set_list
from ksbb.priority.actions.publish import publish_rule, set_rule
from ksbb.priority.formula import PLAIN
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import FourEyes
from ksbb.rights.enums import ApprovalState, Step
from ksbb.rights.models import Approval, Posting
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.accounts import make_pokja, make_user
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import VILLAGE, make_need
from tests.factories.programmes import make_rule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()


@pytest.fixture
def sari() -> Officer:
    return Officer(make_pokja("sari@example.org"))


@pytest.fixture
def budi() -> Officer:
    return Officer(make_pokja("budi@example.org"))


@pytest.fixture
def need() -> Need:
    """Return a need of 100 by its rule, in a programme that marks what goes above it."""
    made = make_need(100)
    make_rule(aid_type=made.aid_type)
    FourEyes.objects.create(programme=made.phase.programme, step=Step.SET_NEED)
    return made


def raise_it(officer: Officer, need: Need, quantity: str = "150") -> None:
    officer.send(f"kebutuhan/{need.pk}/", jumlah=quantity, alasan="Dihitung ulang")


def decide(officer: Officer, verb: str, **fields: str) -> int:
    page = f"persetujuan/{Approval.objects.get().pk}/"
    return officer.send(f"{page}{verb}/", page=page, **fields).status_code


def quantity_of(need: Need) -> int:
    return Need.objects.get(pk=need.pk).quantity


def test_the_second_officer_makes_it_so(need: Need, sari: Officer, budi: Officer) -> None:
    raise_it(sari, need)
    assert quantity_of(need) == 100
    assert "Dihitung ulang" in words(budi.open("persetujuan/"))

    assert decide(budi, "setuju") == 302

    assert quantity_of(need) == 150
    assert list(Entry.objects.order_by("pk").values_list("action", "actor__email"))[-3:] == [
        ("rights.ask_approval", "sari@example.org"),
        ("rights.approval_confirmed", "budi@example.org"),
        ("needs.adjust", "budi@example.org"),
    ]


def test_nobody_is_their_own_second(need: Need, sari: Officer) -> None:
    raise_it(sari, need)
    page = f"persetujuan/{Approval.objects.get().pk}/"
    hidden = sari.form(f"kebutuhan/{need.pk}/") | {"lihat": "999999"}

    answer = sari.post(f"{page}setuju/", hidden)

    assert answer.status_code == 409
    assert quantity_of(need) == 100
    himself = {"state": "CONFIRMED", "decided_by": Approval.objects.get().asked_by}
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.update(**himself)


def test_a_refusal_has_a_reason_and_changes_nothing(
    need: Need, sari: Officer, budi: Officer
) -> None:
    raise_it(sari, need)

    assert decide(budi, "tolak", alasan="") == 422
    assert decide(budi, "tolak", alasan="Belum ada surat") == 302

    one = Approval.objects.get()
    assert (one.state, one.answer, quantity_of(need)) == (
        ApprovalState.REFUSED,
        "Belum ada surat",
        100,
    )


def test_up_to_the_rule_one_officer_is_enough(need: Need, sari: Officer) -> None:
    raise_it(sari, need, "80")
    raise_it(sari, need, "100")
    assert (quantity_of(need), Approval.objects.count()) == (100, 0)

    raise_it(sari, need, "101")
    assert (quantity_of(need), Approval.objects.count()) == (100, 1)


def test_no_caller_raises_a_need_above_its_rule_alone(
    need: Need, sari: Officer, budi: Officer
) -> None:
    raise_it(sari, need)
    asked = Approval.objects.get()
    for second in (None, asked):
        with pytest.raises(NeedNotAdjustableError):
            adjust(need_id=need.pk, quantity=150, reason="x", by_two=second, actor=DESK, now=NOON)

    decide(budi, "setuju")
    asked.refresh_from_db()
    with pytest.raises(NeedNotAdjustableError):
        adjust(need_id=need.pk, quantity=151, reason="x", by_two=asked, actor=DESK, now=NOON)
    assert quantity_of(need) == 150


def test_the_rule_of_today_is_what_counts_not_what_it_once_gave(need: Need, sari: Officer) -> None:
    need.target.families = 80
    need.target.save()

    raise_it(sari, need, "70")
    raise_it(sari, need, "90")
    assert (quantity_of(need), Approval.objects.count()) == (70, 1)


def test_a_reason_that_reads_like_the_rule_is_shown_as_typed(need: Need, sari: Officer) -> None:
    sari.send(f"kebutuhan/{need.pk}/", jumlah="80", alasan="rule")

    shown = words(sari.open(f"kebutuhan/{need.pk}/"))
    assert shown.count("From the rules of the programme") == 1


def test_a_programme_without_the_mark_takes_one(sari: Officer) -> None:
    plain = make_need(100)

    raise_it(sari, plain)

    assert (quantity_of(plain), Approval.objects.count()) == (150, 0)


def test_a_second_request_for_the_same_need_waits_its_turn(
    need: Need, sari: Officer, budi: Officer
) -> None:
    raise_it(sari, need)

    answer = budi.send(f"kebutuhan/{need.pk}/", jumlah="160", alasan="Lagi")

    assert answer.status_code == 409
    assert complaint(answer) == ["A request like this one already waits for a second officer."]


def test_what_the_book_no_longer_allows_stays_a_request(
    need: Need, sari: Officer, budi: Officer
) -> None:
    raise_it(sari, need)
    Approval.objects.update(payload={"quantity": 10})
    make_commitment({need: 40})

    assert decide(budi, "setuju") == 409
    assert Approval.objects.get().state == ApprovalState.ASKED


def test_a_collaborator_is_refused_by_two(sari: Officer, budi: Officer) -> None:
    programme = make_need(10).phase.programme
    programme.state = ProgrammeState.OPEN
    programme.save()
    FourEyes.objects.create(programme=programme, step=Step.REFUSE_GIVER)
    giver = make_collaborator("PT Contoh", verification=Verification.PENDING)
    page = f"kolaborator/{giver.slug}/"

    sari.send(f"{page}tolak/", page=page, alasan="Izin palsu")
    giver.refresh_from_db()
    assert giver.verification == Verification.PENDING
    decide(budi, "setuju")

    giver.refresh_from_db()
    assert giver.verification == Verification.REFUSED


def test_an_officer_of_an_area_proposes_inside_it(need: Need, budi: Officer) -> None:
    FourEyes.objects.all().delete()
    user = make_user("wati@example.org", role=Role.AREA)
    Posting.objects.create(user=user, region_id=VILLAGE, since=NOON)
    wati = Officer(user)

    raise_it(wati, need, "120")
    assert quantity_of(need) == 100
    assert wati.open("persetujuan/").status_code == 403
    decide(budi, "setuju")

    assert quantity_of(need) == 120


def test_each_request_says_in_both_languages_what_it_is_about(need: Need, sari: Officer) -> None:
    programme = need.phase.programme
    for step in (Step.PUBLISH_RULE, Step.FREEZE_LIST):
        FourEyes.objects.create(programme=programme, step=step)
    by: dict[str, Any] = {"actor": Actor(user=make_pokja(), channel=Channel.WEB), "now": NOON}
    raise_it(sari, need)
    set_rule(programme=programme, terms=PLAIN, valid_from=None, reason="Contoh", **by)
    publish_rule(programme_id=programme.pk, terms=PLAIN, valid_from=None, reason="Contoh", **by)
    set_list(phase=need.phase, aid_type=need.aid_type, packages=1500, seed=7, reason="Contoh", **by)

    english = [str(one) for one in Approval.objects.order_by("pk")]
    with override("id"):
        indonesian = [str(one) for one in Approval.objects.order_by("pk")]
    facts = [[(str(a), b) for a, b in facts_of(one)] for one in Approval.objects.order_by("pk")]

    assert english == [
        "change a need: RW 001, sembako (English), Phase 2 (1–7 May 2020)",
        "publish a priority rule: KSBB pangan-ramadan-1441 (English)",
        "freeze the list of a phase: sembako (English), Phase 2 (1–7 May 2020)",
    ]
    assert indonesian[2] == "membekukan daftar fase: sembako, Fase 2 (1–7 Mei 2020)"
    assert facts[0] == [
        ("Stands now", "100 sembako (English)"),
        ("By the rule", "100 sembako (English)"),
        ("New quantity", "150 sembako (English)"),
    ]
    assert facts[1][-2:] == [
        ("Of what others brought counts (per cent)", "0"),
        ("Valid from", "with the second word"),
    ]
    assert facts[2] == [("To be placed", "1,500 sembako (English)"), ("Seed of the draw", "7")]
