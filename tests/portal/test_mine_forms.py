"""What a member changes, and what is said when something typed cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from ksbb.audit.models import Entry
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.decide import accept
from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import ReceiptLink
from ksbb.needs.models import Need
from tests.doors.rows import rows
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DELIVERY_DAY, DESK, NOON, line_of, make_commitment
from tests.factories.deliveries import bring, plan_it
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type
from tests.portal.member import Fields, Member, complaint, words

WHOLE = {"cakupan": "semua", "alasan": "truk rusak"}
DAY = {"tanggal": "2020-05-05", "waktu": "MORNING"}
BAD = ["-1", "0", "banyak", "1.5", "", "9" * 30, "101", "<b>5</b>"]


@pytest.fixture
def giver() -> Collaborator:
    return make_collaborator("PT Contoh")


@pytest.fixture
def member(giver: Collaborator) -> Member:
    return Member(giver)


@pytest.fixture
def need() -> Need:
    return make_need(100, target=make_target(lat=-6.2, lon=106.8))


@pytest.fixture
def near() -> Need:
    """Return the same need 1.1 km to the south."""
    return make_need(30, target=make_target(lat=-6.21, lon=106.8))


@pytest.fixture
def commitment(giver: Collaborator, need: Need) -> Commitment:
    """Return a scheduled commitment of 40."""
    return plan_it(make_commitment({need: 40}, collaborator=giver))


def standing(commitment: Commitment, need: Need | None = None) -> int:
    return line_of(commitment, need).committed


def part(commitment: Commitment, quantity: str) -> Fields:
    line = line_of(commitment)
    return {"cakupan": "sebagian", f"jumlah-{line.pk}": quantity, "alasan": "truk rusak"}


def test_a_part_is_taken_back_and_open_at_once(
    member: Member, commitment: Commitment, need: Need
) -> None:
    path = f"komitmen/{commitment.code}/batal/"

    answer = member.send(path, part(commitment, "15"))

    need.refresh_from_db()
    assert answer.headers["Location"] == f"/en/saya/komitmen/{commitment.code}/"
    assert (standing(commitment), need.open) == (25, 75)
    entry = Entry.objects.get(action="commitments.reduce")
    assert (entry.reason, entry.actor) == ("truk rusak", member.user)
    assert "The quantity is open for others now." in words(member.open(path[:-6]))


def test_all_is_withdrawn(member: Member, commitment: Commitment, need: Need) -> None:
    member.send(f"komitmen/{commitment.code}/batal/", WHOLE)

    commitment.refresh_from_db()
    need.refresh_from_db()
    assert (commitment.state, need.open) == (State.CANCELLED, 100)


def test_the_rest_is_left_to_others_and_offered(
    member: Member, commitment: Commitment, need: Need
) -> None:
    member.send(f"komitmen/{commitment.code}/lepas/", WHOLE)

    page = words(member.client.get(f"/en/sasaran/{need.target.code}/"))
    assert "A donor cannot bring this: who takes it over?" in page
    assert "PT Contoh" not in page


def test_what_is_not_accepted_cannot_be_left_to_others(giver: Collaborator, member: Member) -> None:
    waiting = make_commitment(collaborator=giver)
    path = f"komitmen/{waiting.code}/lepas/"
    assert "Only what is accepted" in words(member.open(path))

    answer = member.post(path, WHOLE | {"kunci": "satu", "terlihat": "999999"})

    assert (answer.status_code, standing(waiting)) == (409, 40)


@pytest.mark.parametrize("typed", BAD)
def test_nothing_is_taken_back_by_a_quantity_that_cannot_be(
    typed: str, member: Member, commitment: Commitment
) -> None:
    before = rows()

    answer = member.send(f"komitmen/{commitment.code}/batal/", part(commitment, typed))

    assert (answer.status_code, standing(commitment), rows()) == (422, 40, before)
    assert complaint(answer)
    assert "truk rusak" in words(answer)


@pytest.mark.parametrize("typed", BAD)
def test_nothing_is_added_by_a_quantity_that_cannot_be(
    typed: str, member: Member, commitment: Commitment
) -> None:
    path = f"komitmen/{commitment.code}/tambah/{line_of(commitment).pk}/"

    answer = member.send(path, {"jumlah": typed})

    assert answer.status_code == (409 if typed == "101" else 422)
    assert complaint(answer)
    assert standing(commitment) == 40


def test_more_is_given_to_the_same_place(member: Member, commitment: Commitment) -> None:
    path = f"komitmen/{commitment.code}/tambah/{line_of(commitment).pk}/"

    member.send(path, {"jumlah": "25"})

    assert standing(commitment) == 65
    assert commitment.deliveries.get().lines.get().planned == 65


def test_the_rest_goes_to_the_places_proposed(
    member: Member, commitment: Commitment, near: Need
) -> None:
    path = f"komitmen/{commitment.code}/pindah/{line_of(commitment).pk}/"
    page = member.open(path)
    assert [place.field.value() for place in page.context["form"].places] == ["30"]
    assert "1.1 km away" in words(page)

    member.send(path, {f"jumlah-{near.pk}": "30"})

    assert (standing(commitment, near), near.target.deliveries.get().state) == (
        30,
        DeliveryState.PLANNED,
    )
    assert standing(commitment, line_of_first(commitment, near)) == 10


def line_of_first(commitment: Commitment, other: Need) -> Need:
    """Return the need of the line that is not the other's."""
    return commitment.lines.exclude(need=other).select_related("need").get().need


def test_a_place_that_filled_meanwhile_is_named_and_nothing_moves(
    member: Member, commitment: Commitment, need: Need, near: Need
) -> None:
    path = f"komitmen/{commitment.code}/pindah/{line_of(commitment).pk}/"
    fields = member.form(path) | {f"jumlah-{near.pk}": "30"}
    make_commitment({near: 30})

    answer = member.post(path, fields)

    assert answer.status_code == 409
    assert "0 still open, 30 asked" in complaint(answer)[0]
    assert (standing(commitment, need), commitment.lines.count()) == (40, 1)


@pytest.mark.parametrize("typed", ["-1", "banyak", "1.5", "0", "", "9" * 30, "41"])
def test_nothing_moves_by_a_quantity_that_cannot_be(
    typed: str, member: Member, commitment: Commitment, need: Need, near: Need
) -> None:
    path = f"komitmen/{commitment.code}/pindah/{line_of(commitment).pk}/"

    answer = member.send(path, {f"jumlah-{near.pk}": typed})

    assert (answer.status_code, standing(commitment, need)) == (422, 40)
    assert complaint(answer)


def test_a_need_of_another_kind_cannot_be_slipped_in(
    member: Member, commitment: Commitment, near: Need
) -> None:
    path = f"komitmen/{commitment.code}/pindah/{line_of(commitment).pk}/"
    meals = make_need(50, aid_type=make_aid_type("makanan-siap-saji"))

    answer = member.send(path, {f"jumlah-{meals.pk}": "5"})

    assert (answer.status_code, commitment.lines.count(), near.open) == (422, 1, 30)


def test_a_form_that_is_sent_twice_acts_once(member: Member, commitment: Commitment) -> None:
    path = f"komitmen/{commitment.code}/batal/"
    fields = member.form(path) | part(commitment, "15")

    first, second = member.post(path, fields), member.post(path, fields)

    assert (first.status_code, second.status_code, standing(commitment)) == (302, 302, 25)


@pytest.mark.parametrize("page", ["batal", "lepas", "tambah", "pindah", "jadwal"])
def test_a_page_that_has_grown_old_changes_nothing(
    page: str, member: Member, giver: Collaborator, commitment: Commitment, near: Need
) -> None:
    line = line_of(commitment)
    path = f"komitmen/{commitment.code}/{page}/"
    path += f"{line.pk}/" if page in {"tambah", "pindah"} else ""
    typed = part(commitment, "10") | DAY | {"jumlah": "5", f"jumlah-{near.pk}": "5"}
    fields = member.form(path) | typed
    Member(giver).send(f"komitmen/{commitment.code}/batal/", part(commitment, "1"))
    before = rows()

    answer = member.post(path, fields)

    assert (answer.status_code, rows()) == (409, before)
    assert "Somebody else did something here" in complaint(answer)[0]


def test_a_form_without_its_key_is_refused(member: Member, commitment: Commitment) -> None:
    answer = member.post(f"komitmen/{commitment.code}/batal/", WHOLE | {"terlihat": "999999"})

    assert (answer.status_code, standing(commitment)) == (409, 40)


def test_a_day_is_written_down_and_the_clock_stops(giver: Collaborator, member: Member) -> None:
    made = make_commitment(collaborator=giver)
    accept(commitment_id=made.pk, actor=DESK, now=NOON)

    member.send(f"komitmen/{made.code}/jadwal/", DAY)

    made.refresh_from_db()
    assert (made.state, made.planned_for, made.due_at) == (
        State.SCHEDULED,
        date(2020, 5, 5),
        None,
    )
    assert made.deliveries.get().planned_for == date(2020, 5, 5)


@pytest.mark.parametrize("day", ["", "besok", "2020-04-30", "2021-01-01", "2020-02-30"])
def test_a_day_that_cannot_be_is_said_and_kept(
    day: str, member: Member, commitment: Commitment
) -> None:
    answer = member.send(f"komitmen/{commitment.code}/jadwal/", DAY | {"tanggal": day})

    assert answer.status_code in {409, 422}
    assert complaint(answer)
    assert commitment.deliveries.get().planned_for == DELIVERY_DAY


def test_one_delivery_gets_another_day(member: Member, commitment: Commitment) -> None:
    delivery = commitment.deliveries.get()

    member.send(f"penyaluran/{delivery.pk}/hari/", DAY, page=f"penyaluran/{delivery.pk}/")

    delivery.refresh_from_db()
    assert delivery.planned_for == date(2020, 5, 5)


def test_a_delivery_is_recorded_with_a_remark_nobody_else_reads(
    member: Member, commitment: Commitment
) -> None:
    delivery = commitment.deliveries.get()
    line = delivery.lines.get()
    page = f"penyaluran/{delivery.pk}/"
    typed = {f"jumlah-{line.pk}": "30", "catatan": "Diterima Bu Contoh"}

    member.send(f"{page}serah-terima/", typed, page=page)

    delivery.refresh_from_db()
    assert (delivery.remark, delivery.handover_number) == (
        "Diterima Bu Contoh",
        f"BA-2020-{delivery.pk:06d}",
    )
    assert "Diterima Bu Contoh" in words(member.open(page))
    public = words(member.client.get(f"/en/komitmen/{commitment.code}/"))
    assert "Diterima Bu Contoh" not in public
    assert "Diterima Bu Contoh" not in words(member.open(f"{page}berita-acara/"))
    rest = commitment.deliveries.get(state=DeliveryState.PLANNED)
    assert rest.lines.get().planned == 10


@pytest.mark.parametrize("typed", ["-1", "banyak", "1.5", "0", "", "41"])
def test_no_delivery_is_recorded_by_a_quantity_that_cannot_be(
    typed: str, member: Member, commitment: Commitment
) -> None:
    delivery = commitment.deliveries.get()
    page = f"penyaluran/{delivery.pk}/"
    fields = {f"jumlah-{delivery.lines.get().pk}": typed}

    answer = member.send(f"{page}serah-terima/", fields, page=page)

    delivery.refresh_from_db()
    assert (answer.status_code, delivery.state) == (422, DeliveryState.PLANNED)


def test_two_members_record_one_delivery_once(
    giver: Collaborator, member: Member, commitment: Commitment
) -> None:
    delivery = commitment.deliveries.get()
    page = f"penyaluran/{delivery.pk}/"
    typed = {f"jumlah-{delivery.lines.get().pk}": "40"}
    first, second = member.form(page) | typed, Member(giver).form(page) | typed

    member.post(f"{page}serah-terima/", first)
    answer = member.post(f"{page}serah-terima/", second)

    assert answer.status_code == 409
    assert "already recorded" in complaint(answer)[0]
    assert line_of(commitment).delivered == 40


def test_the_link_is_made_by_the_giver_and_shown_once_on_the_note(
    member: Member, commitment: Commitment
) -> None:
    delivery = bring(commitment)
    page = f"penyaluran/{delivery.pk}/"

    note = member.send(f"{page}tautan/", {}, page=page)

    assert note.status_code == 200
    assert "/terima/" in words(note)
    assert "QR code of the receipt link" in words(note)
    assert Entry.objects.get(action="deliveries.issue_link").actor == member.user
    assert "/terima/" not in words(member.open(f"{page}berita-acara/"))
    assert ReceiptLink.objects.count() == 1


def test_no_link_before_something_was_brought(member: Member, commitment: Commitment) -> None:
    page = f"penyaluran/{commitment.deliveries.get().pk}/"

    answer = member.send(f"{page}tautan/", {}, page=page)

    assert (answer.status_code, ReceiptLink.objects.count()) == (409, 0)


def test_what_is_closed_says_so_on_every_page(
    member: Member, commitment: Commitment, near: Need
) -> None:
    line, delivery = line_of(commitment), commitment.deliveries.get()
    cancel(commitment_id=commitment.pk, reason="batal", actor=DESK, now=NOON)
    code = commitment.code

    said = {
        f"komitmen/{code}/jadwal/": "No day can be agreed now",
        f"komitmen/{code}/batal/": "There is nothing left to cancel.",
        f"komitmen/{code}/lepas/": "Only what is accepted",
        f"komitmen/{code}/tambah/{line.pk}/": "Nothing more can be given there",
        f"komitmen/{code}/pindah/{line.pk}/": "Nothing of this can go elsewhere",
        f"penyaluran/{delivery.pk}/": "Nothing is left to bring here",
    }

    assert {path: text in words(member.open(path)) for path, text in said.items()} == dict.fromkeys(
        said, True
    )
    assert near.open == 30
