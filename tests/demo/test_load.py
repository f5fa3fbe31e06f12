"""Loads the scenario once; each test looks at it inside a transaction of its own."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.db.models import F, Q, Sum

from ksbb.accounts.models import User
from ksbb.collaborators.models import Collaborator, CollaboratorContact, Membership
from ksbb.commitments.models import Commitment, CommitmentLine, Movement
from ksbb.commitments.queries_offers import open_offers
from ksbb.deliveries.models import Delivery, ReceiptLine, ReceiptLink
from ksbb.demo.gifts import PUBLISHED
from ksbb.demo.load import NotEmptyError, Summary, load_scenario
from ksbb.demo.people import PASSWORD
from ksbb.demo.rows import ACTOR
from ksbb.funds.models import Gift, Lot
from ksbb.funds.queries_trace import trace_of
from ksbb.needs.actions.publish import publish
from ksbb.needs.models import Need, NeedAdjustment, Target, TargetContact
from ksbb.needs.queries_desk import targets_awaiting
from ksbb.plans.queries import open_offers as offers_to_plan
from ksbb.priority.queries import frozen_lists, versions_of
from ksbb.programmes.models import Programme
from ksbb.regions.models import Region
from ksbb.reports.figures import as_json, figures
from ksbb.shared.clock import WIB
from ksbb.suggestions.queries import open_suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

pytestmark = pytest.mark.django_db

CLOCK = datetime(2020, 5, 22, 12, tzinfo=WIB)


@pytest.fixture(scope="module", autouse=True)
def loaded(
    django_db_setup: None,  # noqa: ARG001 - asked for, so that the tables are there
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Summary]:
    """Load the scenario for this file and take it back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_scenario(seed=1441, scale=1, now=CLOCK)
        transaction.set_rollback(True)


def test_the_reports_give_the_founding_press_release() -> None:
    found = figures(Programme.objects.get(), datetime(2020, 5, 2, 23, 59, 59, tzinfo=WIB))

    assert found.committed == {
        "sembako": 40_913,
        "makanan-siap-saji": 20_447,
        "paket-lebaran": 9_015,
        "paket-thr": 0,
    }
    assert vars(found.reach) == {"kota": 5, "kelurahan": 69, "rw": 118, "institutions": 0}
    assert vars(found.collaborators) == {
        "total": 22,
        "organisations": 17,
        "individuals": 0,
        "aggregators": 5,
    }


def test_the_money_of_the_founding_press_release_stands_in_its_phase() -> None:
    programme = Programme.objects.get()
    first_week = figures(programme, datetime(2020, 4, 30, 23, 59, 59, tzinfo=WIB))
    found = figures(programme, datetime(2020, 5, 2, 23, 59, 59, tzinfo=WIB))

    assert as_json(found)["donations"] == [
        {
            "from": "JNE",
            "to": "BAZNAS/BAZIS DKI Jakarta",
            "rupiah": 1_000_000_000,
            "phase": 1,
        },
        {
            "from": "PGRI SMP Jakarta",
            "to": "BAZNAS/BAZIS DKI Jakarta",
            "rupiah": 545_000_000,
            "phase": 1,
        },
        {
            "from": "Asosiasi Museum Indonesia DKI Jakarta",
            "to": "ACT",
            "rupiah": 20_000_000,
            "phase": 2,
        },
    ]
    assert [one.rupiah for one in first_week.donations] == [1_000_000_000, 545_000_000]


def test_the_summary_says_what_was_written_and_proved(loaded: Summary) -> None:
    assert (loaded.targets, loaded.needs) == (2_862 + 3, 28_620)
    assert loaded.commitments == Commitment.objects.count()
    assert loaded.movements == Movement.objects.count()
    assert [(at.month, at.day, at.hour) for at in loaded.proved] == [
        (5, 2, 23),
        (5, 12, 12),
        (5, 13, 23),
        (5, 15, 12),
        (5, 22, 11),
    ]


def test_everything_that_is_not_published_is_marked_as_an_example() -> None:
    rw = Region.objects.filter(level="RW")

    assert not rw.filter(is_example=False).exists()
    assert not Region.objects.exclude(level="RW").filter(is_example=True).exists()
    assert not Target.objects.filter(is_example=False).exists()
    assert not Delivery.objects.filter(is_example=False).exists()
    assert [c.collaborator.name for c in Commitment.objects.filter(is_example=False)] == [
        "Barisan Bangun Negeri"
    ]
    assert Collaborator.objects.filter(is_example=False).count() == 10


def test_the_needs_are_those_of_the_rules_and_stand_since_23_april() -> None:
    programme = Programme.objects.get()

    assert publish(programme=programme, actor=ACTOR, now=CLOCK) == 0
    assert set(NeedAdjustment.objects.values_list("at", flat=True).distinct()) == {
        datetime(2020, 4, 23, 18, tzinfo=WIB)
    }
    assert NeedAdjustment.objects.aggregate(sum=Sum("delta")) == Need.objects.aggregate(
        sum=Sum("quantity")
    )


def test_the_needs_are_what_the_rules_of_the_programme_reckon() -> None:
    programme = Programme.objects.get()
    rules = {(rule.target_kind_id, rule.aid_type_id): rule for rule in programme.need_rules.all()}
    needs = Need.objects.select_related("target", "phase").order_by("?")[:2_000]

    wrong = [
        need
        for need in needs
        if need.quantity
        != rules[need.target.kind_id, need.aid_type_id].quantity_for(
            need.target.families or need.target.residents or 0, need.phase
        )
    ]

    assert wrong == []


def test_the_counters_of_lines_add_up_to_those_of_needs() -> None:
    lines = CommitmentLine.objects.aggregate(Sum("committed"), Sum("delivered"), Sum("received"))
    needs = Need.objects.aggregate(Sum("committed"), Sum("delivered"), Sum("received"))

    assert lines == needs


def test_every_state_of_a_commitment_but_the_draft_is_there_to_be_seen() -> None:
    states = Counter(Commitment.objects.values_list("state", flat=True))

    assert set(states) == {
        "SUBMITTED",
        "ACCEPTED",
        "SCHEDULED",
        "DELIVERING",
        "COMPLETED",
        "CANCELLED",
        "REJECTED",
        "EXPIRED",
    }
    assert states["SUBMITTED"] >= 5


def test_nothing_is_overdue_when_the_clock_stands() -> None:
    assert not Commitment.objects.filter(due_at__lte=CLOCK).exists()
    assert not Movement.objects.filter(at__gt=datetime(2020, 5, 22, 11, tzinfo=WIB)).exists()


def test_somebody_waits_to_be_verified_and_somebody_was_refused() -> None:
    states = Counter(Collaborator.objects.values_list("verification", flat=True))

    assert states["REFUSED"] == 3
    assert states["PENDING"] >= 1
    assert states.total() == 95 + 11 + 6 + 3 + len(PUBLISHED)


def test_only_verified_collaborators_have_accepted_commitments() -> None:
    accepted = Commitment.objects.exclude(accepted_at=None)

    assert not accepted.exclude(collaborator__verification="VERIFIED").exists()


def test_barisan_bangun_negeri_has_brought_its_600_packages() -> None:
    commitment = Commitment.objects.get(collaborator__slug="barisan-bangun-negeri")
    [line] = commitment.lines.all()

    assert (line.committed, line.delivered, line.received) == (600, 600, 600)
    assert line.need.target.region_id.startswith("31.74.05.")
    assert commitment.planned_for == date(2020, 5, 3)
    assert commitment.state == "COMPLETED"


def test_a_visitor_can_give_600_packages_to_one_rw_of_kebayoran_lama_now() -> None:
    open_needs = Need.objects.filter(
        target__region__code__startswith="31.74.05.",
        target__kind__slug="rw",
        phase__number=4,
        aid_type__slug="sembako",
        open__gte=600,
    )

    assert open_needs.exists()


def test_some_receipts_differ_from_the_hand_over_and_stay_so() -> None:
    different = ReceiptLine.objects.exclude(quantity=F("handed_over"))
    settled = Q(delivery_line__received=F("delivery_line__quantity"))

    assert different.count() > 10
    assert different.exclude(settled).count() >= 3


def test_no_link_is_left_that_a_stranger_could_guess() -> None:
    assert not ReceiptLink.objects.filter(used_at=None).exists()


def test_contacts_cannot_be_called_or_written_to() -> None:
    assert not TargetContact.objects.exclude(phone__startswith="+62 000 ").exists()
    assert not CollaboratorContact.objects.exclude(phone__startswith="+62 000 ").exists()
    assert not CollaboratorContact.objects.exclude(email__endswith="@contoh.example").exists()


def test_the_demo_accounts_can_log_in() -> None:
    accounts = User.objects.filter(email__endswith="@contoh.example")

    assert {user.email for user in accounts} == {
        "pokja@contoh.example",
        "admin@contoh.example",
        "kecamatan@contoh.example",
        "bbn@contoh.example",
        "agregator@contoh.example",
        "jne@contoh.example",
        "donatur@contoh.example",
    }
    assert all(user.check_password(PASSWORD) for user in accounts)


def test_one_account_acts_for_barisan_bangun_negeri_and_one_for_two_invented_donors() -> None:
    members = Membership.objects.select_related("user", "collaborator")
    acts_for: dict[str, list[Collaborator]] = {}
    for membership in members.order_by("pk"):
        acts_for.setdefault(membership.user.email, []).append(membership.collaborator)

    [bbn] = acts_for["bbn@contoh.example"]
    donors = acts_for["donatur@contoh.example"]
    assert bbn.name == "Barisan Bangun Negeri"
    assert [donor.is_example for donor in donors] == [True, True]
    states = Commitment.objects.filter(collaborator__in=donors).values_list("state", flat=True)
    assert set(states) >= {"SUBMITTED", "ACCEPTED", "SCHEDULED", "DELIVERING", "COMPLETED"}
    assert [one.slug for one in acts_for["agregator@contoh.example"]] == ["baznas-bazis-dki"]
    assert [one.slug for one in acts_for["jne@contoh.example"]] == ["jne"]
    assert len(acts_for) == 4


def test_the_published_money_became_packages_that_are_called_examples() -> None:
    jne = Gift.objects.get(donor__slug="jne")
    trace = trace_of(jne)

    assert (trace.money.received, jne.is_example) == (1_000_000_000, False)
    assert trace.money.delivered > 0
    assert trace.money.set_aside + trace.money.delivered == sum(step.rupiah for step in trace.steps)
    assert not Lot.objects.filter(is_example=False).exists()
    assert [step for step in trace.steps if not step.is_example] == []


def test_something_waits_to_be_taken_over() -> None:
    programme = Programme.objects.get()

    assert open_offers(programme, CLOCK.date()) != []


def test_an_anonymous_donor_is_not_named_by_its_address() -> None:
    anonymous = Collaborator.objects.filter(is_anonymous=True)

    assert anonymous.count() == 4
    assert {row.slug[:7] for row in anonymous} == {"anonim-"}


def test_a_database_that_has_a_programme_is_left_alone() -> None:
    with pytest.raises(NotEmptyError):
        load_scenario(seed=1441, scale=1, now=CLOCK)


def test_places_and_suggestions_wait_and_a_rule_and_a_list_stand() -> None:
    programme = Programme.objects.get()
    [rule], [frozen] = versions_of(programme), frozen_lists(programme)

    assert targets_awaiting().filter(is_example=True, name__contains="Contoh").count() == 3
    assert [one.code for one in open_suggestions()] == ["CNTH-LPRN", "CNTH-HTNG"]
    phase, sembako = programme.phases.get(number=4), programme.aid_types.get(slug="sembako")
    waiting = offers_to_plan(sembako, phase)
    assert [(one.code, one.packages, one.collaborator.is_example) for one in waiting] == [
        ("CNTH-KSDA", 1_200, True),
        ("CNTH-KSDB", 2_000, True),
    ]
    assert (rule.number, rule.valid_from < frozen.as_of <= CLOCK) == (1, True)
    assert (frozen.code, frozen.packages, frozen.placed, frozen.is_example) == (
        "CNTH-DFTR",
        2_000,
        2_000,
        True,
    )
