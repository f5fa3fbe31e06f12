from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils.translation import override

from ksbb.audit.models import Entry
from ksbb.audit.queries import KeyReusedError
from ksbb.collaborators.actions.permit import restore_permit, suspend_permit
from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator, CollaboratorContact
from ksbb.funds.actions.declare import GiftRefusedError, NotCollectingError, Wish, declare
from ksbb.funds.enums import GiftKind, GiftState
from ksbb.funds.models import Gift, Posting
from ksbb.programmes.enums import ProgrammeState
from ksbb.shared.clock import WIB
from tests.factories.collaborators import make_applicant, make_collaborator
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import make_aggregator, make_gift, make_permit
from tests.factories.programmes import make_aid_type, make_kind, make_phase, make_programme
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db


def test_a_declared_gift_is_written_down_and_counts_nowhere() -> None:
    gift = make_gift(20_000_000, reference="Kolaborasi Ramadan")

    assert (gift.state, gift.declared, gift.accepted) == (GiftState.DECLARED, 20_000_000, None)
    assert (gift.phase.number, gift.receipt_number) == (2, None)
    assert Posting.objects.count() == 0
    assert Entry.objects.get(action="funds.declare").object_id == str(gift.pk)


def test_somebody_new_is_registered_with_the_gift_and_its_contact_stays_apart() -> None:
    gift = make_gift(donor=make_applicant(name="PT Contoh"))  # type: ignore[arg-type]

    assert gift.donor.verification == Verification.PENDING
    assert CollaboratorContact.objects.get(collaborator=gift.donor).email == "kontak@example.org"
    assert gift.public_donor == "Menunggu verifikasi"


def test_the_same_request_sent_twice_declares_once() -> None:
    make_phase(2)
    aggregator, donor = make_aggregator(), make_collaborator()

    def send(quantity: int) -> Gift:
        return declare(
            programme=make_programme(),
            donor=donor,
            aggregator=aggregator,
            wish=Wish(quantity=quantity),
            actor=DESK,
            now=NOON,
            idempotency_key="satu",
        )

    assert send(5) == send(5)
    assert Gift.objects.count() == 1
    with pytest.raises(KeyReusedError):
        send(6)


def no_permit(aggregator: Collaborator) -> None:
    aggregator.permits.all().delete()


def expired(aggregator: Collaborator) -> None:
    no_permit(aggregator)
    make_permit(aggregator, number="X-1", valid_until=date(2020, 4, 30))


def suspended(aggregator: Collaborator) -> None:
    permit = aggregator.permits.get()
    suspend_permit(permit_id=permit.pk, reason="sedang diperiksa", actor=DESK, now=NOON)


def elsewhere(aggregator: Collaborator) -> None:
    no_permit(aggregator)
    make_permit(aggregator, number="X-2", region=make_region("32").pk)


def no_aggregator(aggregator: Collaborator) -> None:
    Collaborator.objects.filter(pk=aggregator.pk).update(is_aggregator=False, is_donor=True)


@pytest.mark.parametrize(
    ("happens", "sentence"),
    [
        (no_permit, "ACT cannot take new gifts: no permit of it is on record."),
        (expired, "ACT cannot take new gifts: its permit X-1 was valid until 30 April 2020."),
        (suspended, "is suspended (sedang diperiksa)."),
        (elsewhere, "its permit X-2 is for another area."),
        (no_aggregator, "“ACT” takes no gifts here."),
    ],
)
def test_without_a_valid_permit_no_new_gift_is_taken_and_others_are_offered(
    happens: object, sentence: str
) -> None:
    other = make_aggregator("PMI DKI Jakarta")
    aggregator = make_aggregator("ACT")
    assert callable(happens)
    happens(aggregator)

    aggregator.refresh_from_db()
    with override("en"), pytest.raises(NotCollectingError) as refusal:
        make_gift(aggregator=aggregator)

    assert sentence in str(refusal.value)
    assert "These can take your gift: PMI DKI Jakarta." in str(refusal.value)
    assert refusal.value.others == [other]
    assert Gift.objects.count() == 0


def test_one_valid_permit_is_enough() -> None:
    aggregator = make_aggregator()
    suspended(aggregator)
    make_permit(aggregator, region=make_region("31").pk)

    assert make_gift(aggregator=aggregator).state == GiftState.DECLARED


def test_after_the_suspension_gifts_are_taken_again() -> None:
    aggregator = make_aggregator()
    suspended(aggregator)
    permit = aggregator.permits.get()
    restore_permit(permit_id=permit.pk, reason="pemeriksaan selesai", actor=DESK, now=NOON)

    assert make_gift(aggregator=aggregator).state == GiftState.DECLARED


def test_a_permit_is_valid_on_its_last_day() -> None:
    aggregator = make_aggregator()
    no_permit(aggregator)
    make_permit(aggregator, valid_until=date(2020, 5, 1))

    assert make_gift(aggregator=aggregator, now=datetime(2020, 5, 1, 23, 59, tzinfo=WIB)).pk


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"quantity": 0}, "at least 1"),
        ({"quantity": 10**15 + 1}, "at least 1"),
        ({"quantity": 5, "kind": GiftKind.GOODS, "aid_type": None}, "Say which kind of aid"),
    ],
)
def test_what_is_no_gift_is_refused(wish: dict[str, object], sentence: str) -> None:
    with override("en"), pytest.raises(GiftRefusedError, match=sentence):
        make_gift(**wish)  # type: ignore[arg-type]


def test_an_earmark_must_lie_within_the_programme() -> None:
    other = make_programme("lain")

    with pytest.raises(GiftRefusedError):
        make_gift(aid_type=make_aid_type(programme=other))
    with pytest.raises(GiftRefusedError):
        make_gift(area=make_region("32"))
    with pytest.raises(GiftRefusedError):
        make_gift(target_kind=make_kind("warteg"))
    with pytest.raises(GiftRefusedError):
        make_gift(phase=make_phase(1, programme=other))


def test_nobody_gives_to_itself_and_a_refused_donor_does_not_give() -> None:
    aggregator = make_aggregator()

    with pytest.raises(GiftRefusedError):
        make_gift(aggregator=aggregator, donor=aggregator)
    with pytest.raises(GiftRefusedError):
        make_gift(donor=make_collaborator(verification=Verification.REFUSED))


def test_a_closed_programme_takes_no_gifts() -> None:
    make_programme(state=ProgrammeState.CLOSED)

    with pytest.raises(GiftRefusedError):
        make_gift()


@pytest.mark.parametrize(("anonymous", "name"), [(False, "JNE"), (True, "Donatur anonim")])
def test_the_public_reads_the_name_only_if_the_donor_wishes_so(anonymous: bool, name: str) -> None:  # noqa: FBT001 - a parameter of the test
    gift = make_gift(donor=make_collaborator("JNE"), is_anonymous=anonymous)

    assert gift.public_donor == name
