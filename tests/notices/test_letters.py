"""Letters about events: with the event or not at all, once, in the reader's language."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from ksbb.accounts.models import User
from ksbb.collaborators.actions.tell import remind_of_permits
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.decide import accept, reject
from ksbb.commitments.actions.expire import expire_due
from ksbb.commitments.actions.tell import remind_of_clocks
from ksbb.funds.actions.decide import amend, confirm, refuse
from ksbb.funds.models import Gift
from ksbb.notices.actions.send import PAUSES
from ksbb.notices.actions.tell import About, Reader, tell
from ksbb.notices.actions.wish import wish
from ksbb.notices.enums import Kind, LetterState
from ksbb.notices.models import Letter, Notice
from ksbb.web.letters import LetterNotSentError
from ksbb.web.notices import send_waiting
from tests.factories.accounts import make_pokja, make_user
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.deliveries import answer, bring, plan_it
from tests.factories.funds import make_aggregator, make_confirmed, make_gift, make_lot, set_aside
from tests.factories.needs import make_need
from tests.factories.programmes import make_phase
from tests.portal.member import Member, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def donor() -> Collaborator:
    giver = make_collaborator("JNE")
    make_membership(user=make_user(email="donor@example.org"), collaborator=giver)
    return giver


def told() -> list[str]:
    """Return what accounts are told, in order."""
    known = Notice.objects.filter(user__isnull=False).order_by("pk")
    return list(known.values_list("kind", flat=True))


def reader() -> User:
    return User.objects.get(email="donor@example.org")


def test_a_donor_of_money_is_told_each_step(donor: Collaborator) -> None:
    baznas = make_aggregator("BAZNAS")
    gift = make_gift(1_000_000, donor=donor, aggregator=baznas)
    confirm(gift_id=gift.pk, counted=1_000_000, actor=DESK, now=NOON)
    make_lot(5, 200_000, aggregator=baznas)
    need = make_need(9)
    delivery = bring(plan_it(set_aside(baznas, {need: 3})), {need: 3})
    answer(delivery)

    assert told() == [
        Kind.GIFT_CONFIRMED,
        Kind.GIFT_BOUGHT,
        Kind.GIFT_ALLOTTED,
        Kind.GIFT_DELIVERED,
        Kind.GIFT_RECEIVED,
    ]
    assert send_waiting(now=NOON) == {LetterState.SENT: 6}
    letters = [one for one in mail.outbox if one.to == ["donor@example.org"]]
    assert len(letters) == 5
    assert "BAZNAS mengesahkan pemberian" in letters[0].body
    assert f"/pemberian/{gift.code}/" in letters[4].body
    assert send_waiting(now=NOON) == {}


def test_what_is_mended_or_refused_is_told_too(donor: Collaborator) -> None:
    less, gone = make_gift(donor=donor), make_gift(donor=donor)
    confirm(gift_id=less.pk, counted=900_000, reason="biaya bank", actor=DESK, now=NOON)
    amend(gift_id=less.pk, amount=800_000, reason="salah baca", actor=DESK, now=NOON)
    refuse(gift_id=gone.pk, reason="tidak masuk", actor=DESK, now=NOON)

    assert told() == [Kind.GIFT_CORRECTED, Kind.GIFT_CORRECTED, Kind.GIFT_REFUSED]


def test_one_of_a_kind_a_day_is_enough(donor: Collaborator) -> None:
    baznas = make_aggregator()
    make_confirmed(1_000_000, donor=donor, aggregator=baznas)
    make_lot(1, aggregator=baznas)
    make_lot(2, aggregator=baznas)
    make_lot(1, aggregator=baznas, now=NOON + timedelta(days=1))

    assert told() == [Kind.GIFT_CONFIRMED, Kind.GIFT_BOUGHT, Kind.GIFT_BOUGHT]


def test_a_giver_is_told_what_became_of_a_commitment(donor: Collaborator) -> None:
    one, two, three = (make_commitment({make_need(9): 3}, collaborator=donor) for _ in range(3))
    accept(commitment_id=one.pk, actor=DESK, now=NOON)
    reject(commitment_id=two.pk, reason="contoh", actor=DESK, now=NOON)
    accept(commitment_id=three.pk, actor=DESK, now=NOON)
    late = NOON + timedelta(hours=40)

    assert [remind_of_clocks(now=at) for at in (NOON, late, late)] == [0, 2, 0]

    expire_due(actor=DESK, now=NOON + timedelta(hours=49))

    assert told() == [
        *(Kind.ACCEPTED, Kind.REJECTED, Kind.ACCEPTED),
        *(Kind.CLOCK, Kind.CLOCK, Kind.EXPIRED, Kind.EXPIRED),
    ]


def test_who_has_no_account_hears_what_needs_an_answer_and_nothing_else() -> None:
    baznas = make_aggregator()
    make_confirmed(1_000_000, aggregator=baznas)
    make_lot(1, aggregator=baznas)

    assert [one.kind for one in Notice.objects.all()] == [Kind.GIFT_CONFIRMED]
    assert send_waiting(now=NOON) == {LetterState.SENT: 1}
    assert mail.outbox[0].to == ["kontak@example.org"]


def test_the_working_group_is_told_once_of_a_permit_that_ends() -> None:
    officer = make_pokja()
    make_aggregator("BAZNAS").permits.update(valid_until=date(2020, 5, 31))
    make_aggregator("ACT")
    day = NOON - timedelta(days=1)

    assert [remind_of_permits(now=at) for at in (day - timedelta(days=1), NOON, NOON)] == [0, 1, 0]
    assert send_waiting(now=NOON) == {LetterState.SENT: 1}
    assert mail.outbox[0].to == [officer.email]
    assert "31 Mei 2020" in mail.outbox[0].body


def test_what_is_taken_back_is_never_told(donor: Collaborator) -> None:
    gift = make_gift(donor=donor)
    with transaction.atomic():
        confirm(gift_id=gift.pk, counted=1_000_000, actor=DESK, now=NOON)
        transaction.set_rollback(True)

    assert told() == []


def test_an_account_chooses_its_language_and_may_leave_out_what_needs_no_answer(
    donor: Collaborator,
) -> None:
    wish(user=reader(), language="en", wants_all=False, actor=DESK, now=NOON)
    baznas = make_aggregator("BAZNAS")
    make_confirmed(1_000_000, donor=donor, aggregator=baznas)
    make_lot(1, aggregator=baznas)

    assert send_waiting(now=NOON) == {LetterState.SENT: 1, LetterState.DROPPED: 1}
    assert "BAZNAS has confirmed gift" in mail.outbox[0].body
    assert "/en/akun/surat/" in mail.outbox[0].body


def test_the_choice_is_made_on_a_page() -> None:
    browser, user = Client(), make_user()
    browser.force_login(user)

    page = words(browser.get("/en/akun/surat/"))
    browser.post("/en/akun/surat/", {"bahasa": "en", "kunci": "k1"})
    nonsense = browser.post("/en/akun/surat/", {"bahasa": "xx", "kunci": "k2"})

    user.refresh_from_db()
    assert "Letters you get" in page
    assert (user.wish.language, user.wish.wants_all) == ("en", False)
    assert nonsense.status_code == 422


def test_a_letter_the_mail_server_does_not_take_is_tried_again_and_given_up_at_last(
    donor: Collaborator, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(**_letter: str) -> None:
        raise LetterNotSentError(str(PAUSES))

    monkeypatch.setattr("ksbb.web.notices.send_letter", fails)
    make_confirmed(donor=donor)
    at = NOON
    for pause in PAUSES:
        assert send_waiting(now=at) == {LetterState.WAITING: 1}
        assert send_waiting(now=at) == {}
        at += pause
    send_waiting(now=at)

    letter = Letter.objects.get()
    assert (letter.state, letter.tries) == (LetterState.FAILED, len(PAUSES) + 1)
    assert "example.org" not in caplog.text


def test_the_same_event_is_told_once_to_each_reader(donor: Collaborator) -> None:
    about = [About(donor, (Reader(user=reader().pk), Reader(giver=donor.pk)), "satu")]

    counts = [tell(kind=Kind.EXPIRED, about=about, now=NOON) for _ in range(2)]

    assert counts == [2, 0]


def test_my_page_shows_where_the_money_is_and_when_each_step_was(settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()
    baznas, giver = make_aggregator("BAZNAS"), make_collaborator("JNE")
    make_confirmed(1_000_000, donor=giver, aggregator=baznas)
    make_lot(4, 200_000, aggregator=baznas)
    need = make_need(9)
    answer(bring(plan_it(set_aside(baznas, {need: 3})), {need: 2}))

    page = words(Member(giver).open())

    for part in (
        'Handed over in packages: <span class="number">IDR 400,000',
        'Not spent yet: <span class="number">IDR 200,000',
        "Confirmed: 1 May 2020 at 12:00 WIB",
        "Confirmed by a place:",
    ):
        assert part in page


@pytest.mark.parametrize(
    ("prefix", "words_of_letter"),
    [("", "BAZNAS mengesahkan pemberian"), ("/en", "BAZNAS has confirmed gift")],
)
def test_who_has_no_account_is_written_to_in_the_language_the_gift_was_declared_in(
    prefix: str, words_of_letter: str, settings: Settings
) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()
    make_phase(1)
    make_aggregator("BAZNAS", slug="baznas")
    said = {
        "agregator": "baznas",
        "bentuk": "MONEY",
        "jumlah": "1 juta",
        "nama": "PT Contoh",
        "jenis": "COMPANY",
        "kontak": "Contoh Kontak",
        "surel": "kontak@example.org",
        "kunci": "k1",
    }

    Client().post(f"{prefix}/dana/beri/", said)
    confirm(gift_id=Gift.objects.get().pk, counted=1_000_000, actor=DESK, now=NOON)
    send_waiting(now=NOON)

    assert mail.outbox[0].to == ["kontak@example.org"]
    assert words_of_letter in mail.outbox[0].body
