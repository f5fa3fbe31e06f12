"""The pages of gifts through aggregators: for everybody, for donors, and for who keeps the book."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from ksbb.collaborators.actions.permit import suspend_permit
from ksbb.collaborators.enums import Kind
from ksbb.collaborators.models import Collaborator, CollaboratorContact
from ksbb.commitments.models import Commitment
from ksbb.funds.actions.bank import match
from ksbb.funds.enums import AccountKind, GiftKind, GiftState
from ksbb.funds.models import BankRow, Gift, Lot
from ksbb.privacy.actions.erase import erase
from ksbb.privacy.queries import Kept, looks
from ksbb.reports.integrity import differences
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON
from tests.factories.deliveries import bring, plan_it
from tests.factories.funds import (
    MILLION,
    balance,
    make_aggregator,
    make_bank_row,
    make_confirmed,
    make_gift,
    make_lot,
    set_aside,
)
from tests.factories.needs import make_need
from tests.factories.pictures import picture
from tests.factories.programmes import make_aid_type, make_kind, make_phase, make_programme
from tests.factories.regions import make_region
from tests.portal.member import Member, complaint, words

pytestmark = pytest.mark.django_db

GIVER = {
    "nama": "PT Contoh",
    "jenis": "COMPANY",
    "kontak": "Contoh Kontak",
    "surel": "kontak@example.org",
}


@pytest.fixture
def baznas() -> Collaborator:
    make_phase(1)
    make_phase(2)
    make_aid_type()
    return make_aggregator("BAZNAS", slug="baznas")


def answer(aggregator: Collaborator, **fields: str) -> dict[str, str]:
    gift = {"agregator": aggregator.slug, "bentuk": "MONEY", "jumlah": "1,5 juta", "kunci": "k1"}
    return GIVER | gift | fields


def declare(aggregator: Collaborator, **fields: str) -> Any:
    return Client().post("/en/dana/beri/", answer(aggregator, **fields), follow=True)


def test_a_visitor_declares_a_gift_and_follows_it_by_its_code(baznas: Collaborator) -> None:
    page = declare(baznas)

    gift = Gift.objects.get()
    assert (gift.declared, gift.donor.name) == (1_500_000, "PT Contoh")
    assert page.redirect_chain == [(f"/en/pemberian/{gift.code}/", 302)]
    assert "has not confirmed this gift yet" in words(page)
    assert "kontak@example.org" not in words(page)
    assert "PT Contoh" not in words(Client().get(f"/en/pemberian/{gift.code}/"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"jumlah": "1.50"}, "“1.50” is not a whole amount of rupiah"),
        ({"jumlah": "1,500 juta"}, "can be read in two ways"),
        ({"jumlah": "1.000.000.000.000.001"}, "is too much"),
        ({"jumlah": "USD 100"}, "is not in rupiah"),
        ({"fase": "9"}, "Select a valid choice"),
        ({"jumlah": "-5"}, "is below zero"),
        ({"jumlah": ""}, "Write how much you give."),
        ({"bentuk": "GOODS", "jumlah": "100"}, "Say which kind of aid the packages are."),
        ({"bentuk": "GOODS", "jumlah": "1,5 juta", "bantuan": "sembako"}, "is not a number"),
        ({"agregator": "tidak-ada"}, "This aggregator takes no gifts now."),
        ({"nama": ""}, "Write the name of the giver."),
    ],
)
def test_a_mistake_is_said_what_was_typed_stays_and_nothing_is_written(
    baznas: Collaborator, fields: dict[str, str], sentence: str
) -> None:
    page = declare(baznas, **fields)

    assert page.status_code == 422
    assert [one for one in complaint(page) if sentence in one]
    assert 'value="Contoh Kontak"' in words(page)
    assert Gift.objects.count() == 0


def test_a_page_that_is_only_opened_complains_of_nothing(baznas: Collaborator) -> None:
    opened = Client().get(f"/en/dana/beri/?agregator={baznas.slug}")

    assert (opened.status_code, complaint(opened)) == (200, [])
    assert 'value="baznas"' in words(opened)


@pytest.mark.parametrize("typed", ["Rp 20.000.000,-", "20 juta", "IDR 20,000,000"])
def test_an_amount_is_read_as_people_write_it(baznas: Collaborator, typed: str) -> None:
    declare(baznas, jumlah=typed)

    assert Gift.objects.get().declared == 20_000_000


def test_a_gift_can_be_meant_for_a_phase_an_area_and_a_kind_of_place(baznas: Collaborator) -> None:
    kind = make_kind("panti-asuhan")
    make_programme().target_kinds.add(kind)
    make_region("31.74")
    declare(baznas, fase="2", wilayah="31.74", sasaran=kind.slug, bantuan="sembako")
    gift = Gift.objects.get()

    assert (gift.phase.number, gift.area_id, gift.target_kind) == (2, "31.74", kind)

    keeper = Member(baznas)
    one = f"agregator/baznas/pemberian/{gift.code}/"
    keeper.send(f"{one}terima/", {"tiba": "1,5 juta"}, page=one)
    bill = {"bantuan": "sembako", "jumlah": "4", "harga": "200.000", "pemasok": "CV Contoh"}
    keeper.send("agregator/baznas/beli/", bill | {"faktur": "F-0"})
    meant = {"wilayah": "31.74", "sasaran": str(kind.pk)}
    keeper.send("agregator/baznas/beli/", bill | meant | {"faktur": "F-1"})

    assert [(lot.invoice, lot.target_kind) for lot in Lot.objects.all()] == [("F-1", kind)]


def test_the_picture_of_a_transfer_is_seen_by_those_with_a_part_and_each_look_is_logged(
    baznas: Collaborator,
) -> None:
    declare(baznas, bukti=picture())  # type: ignore[arg-type]
    gift = Gift.objects.get()
    keeper, stranger = Member(baznas), Member(make_aggregator("ACT", slug="act"))
    path = f"/en/pemberian/{gift.code}/bukti-transfer/"

    shown = keeper.client.post(path)

    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert stranger.client.post(path).status_code == 403
    assert Client().post(path).status_code == 302
    assert [one.actor for one in looks()] == [keeper.user]
    assert "Show the picture" in words(keeper.client.get(f"/en/pemberian/{gift.code}/"))
    assert "Show the picture" not in words(Client().get(f"/en/pemberian/{gift.code}/"))

    erase(sought=GIVER["surel"], reason="surat 1", actor=DESK, now=NOON)

    assert keeper.client.post(path).status_code == 404


def test_a_wrong_picture_is_refused_and_what_was_typed_stays(baznas: Collaborator) -> None:
    file = SimpleUploadedFile("bukti.png", b"tidak ada gambar", "image/png")

    page = declare(baznas, bukti=file)  # type: ignore[arg-type]

    assert page.status_code == 422
    assert complaint(page) == ["This is no picture we can read. Send JPEG, PNG or WebP."]
    assert 'value="1,5 juta"' in words(page)
    assert Gift.objects.count() == 0


def test_an_aggregator_without_a_permit_is_not_offered(baznas: Collaborator) -> None:
    make_aggregator("PMI", slug="pmi")
    permit = baznas.permits.get()
    suspend_permit(permit_id=permit.pk, reason="sedang diperiksa", actor=DESK, now=NOON)

    form = words(Client().get("/en/dana/beri/"))
    refused = declare(baznas)
    page = words(Client().get("/en/dana/baznas/"))

    assert ("PMI" in form, 'value="baznas"' in form) == (True, False)
    assert (refused.status_code, Gift.objects.count()) == (422, 0)
    assert "sedang diperiksa" in page
    assert "This aggregator takes no new gifts now." in page


def test_the_list_and_the_page_of_an_aggregator_show_what_became_of_the_money(
    baznas: Collaborator,
) -> None:
    make_confirmed(3 * MILLION, aggregator=baznas, donor=make_collaborator("JNE"))
    make_gift(7 * MILLION, aggregator=baznas)
    make_lot(5, 190_000, aggregator=baznas)

    pages = [words(Client().get(path)) for path in ("/en/dana/", "/en/dana/baznas/", "/dana/")]

    assert "IDR 3,000,000" in pages[0]
    assert "IDR 2,050,000" in pages[0]
    assert "IDR 7,000,000" not in pages[0]
    assert "IDR 190,000" in pages[1]
    assert "IDR 200,000" in pages[1]
    assert "JNE" in pages[1]
    assert "Rp3.000.000" in pages[2]


def test_the_file_holds_every_confirmed_gift(baznas: Collaborator) -> None:
    gift = make_confirmed(MILLION, aggregator=baznas, donor=make_collaborator("=JNE"))
    make_gift(aggregator=baznas)

    answer = Client().get("/en/dana.csv")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]

    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(Client().get("/en/dana.xlsx"))))
    cells = book.get_sheet_by_index(0).to_python()

    assert [row[0] for row in cells] == ["code", gift.code]
    assert cells[1][6] == MILLION
    assert len(rows) == 2
    assert (
        rows[1] == f"{gift.code},'=JNE,BAZNAS,2,money,,1000000,rupiah,2020-05-01T12:00:00+07:00,0"
    )


def test_an_aggregator_has_a_file_of_its_own_gifts(baznas: Collaborator) -> None:
    own = make_confirmed(MILLION, aggregator=baznas)
    make_confirmed(MILLION, aggregator=make_aggregator("Lain", slug="lain"))

    page = words(Client().get("/en/dana/baznas/"))
    answer: Any = Client().get("/dana/baznas.csv")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert 'href="/en/dana/baznas.csv"' in page
    assert [row.split(",")[0] for row in rows] == ["kode", own.code]
    assert rows[1].split(",")[4:8] == ["uang", "", "1000000", "rupiah"]
    assert Client().get("/dana/tidak-ada.csv").status_code == 404


def test_a_forged_kind_of_gift_is_said_once(baznas: Collaborator) -> None:
    page = declare(baznas, bentuk="EMAS")

    assert (page.status_code, len(complaint(page))) == (422, 1)


def test_the_page_of_a_gift_shows_its_places_and_the_receipt_its_code(
    baznas: Collaborator,
) -> None:
    gift = make_confirmed(MILLION, aggregator=baznas)
    make_lot(4, 200_000, aggregator=baznas)
    need = make_need(9)
    commitment = set_aside(baznas, {need: 3})
    bring(plan_it(commitment), {need: 2})

    page = words(Client().get(f"/en/pemberian/{gift.code.lower().replace('-', '')}/", follow=True))
    receipt = words(Client().get(f"/en/pemberian/{gift.code}/bukti/"))
    picture = Client().get(f"/en/pemberian/{gift.code}/qr.svg")

    assert "IDR 400,000" in page
    assert "handed over" in page
    assert commitment.code in page
    assert str(gift.receipt_number) in receipt
    assert picture["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("path", ["pemberian/XXXX-XXXXX/", "dana/tidak-ada/"])
def test_what_is_not_there_is_said_to_be_missing(path: str) -> None:
    assert Client().get(f"/en/{path}").status_code == 404


def test_a_receipt_is_for_confirmed_gifts_only(baznas: Collaborator) -> None:
    gift = make_gift(aggregator=baznas)

    assert Client().get(f"/en/pemberian/{gift.code}/bukti/").status_code == 404


def test_the_book_is_open_to_its_keepers_only(baznas: Collaborator) -> None:
    gift = make_gift(aggregator=baznas)
    other = Member(make_aggregator("ACT", slug="act"))
    paths = ("", f"pemberian/{gift.code}/", "beli/", "biaya/", "salurkan/")

    assert [other.open(f"agregator/baznas/{path}").status_code for path in paths] == [404] * 5
    assert other.open(f"agregator/act/pemberian/{gift.code}/").status_code == 404
    assert Client().get("/en/saya/agregator/baznas/").status_code == 302


def test_the_whole_way_from_the_inbox_to_a_place(baznas: Collaborator) -> None:
    gift = make_gift(MILLION, aggregator=baznas, donor=make_collaborator("JNE"))
    make_need(3)
    keeper = Member(baznas)
    book = "agregator/baznas/"
    one = f"{book}pemberian/{gift.code}/"

    assert gift.code in words(keeper.open(book))
    wrong = keeper.send(f"{one}terima/", {"tiba": "900.000"}, page=one)
    keeper.send(f"{one}terima/", {"tiba": "1 juta"}, page=one)
    bill = {"bantuan": "sembako", "jumlah": "4", "harga": "200.000", "pemasok": "CV Contoh"}
    dear = keeper.send(f"{book}beli/", bill | {"faktur": "F-1", "harga": "2 miliar"})
    keeper.send(f"{book}beli/", bill | {"faktur": "F-1"})
    keeper.send(f"{book}biaya/", {"jumlah": "150 ribu", "keperluan": "sewa truk"})
    lot = Lot.objects.get()
    keeper.send(f"{book}persediaan/{lot.pk}/", {"jumlah": "1", "alasan": "basah"})
    schedule = {"tanggal": "2020-05-03", "waktu": "AFTERNOON", "tujuan": "3"}
    shared = keeper.send(
        f"{book}salurkan/", {"bantuan": "sembako", "fase": "2", "jumlah": "3"} | schedule
    )

    assert (wrong.status_code, dear.status_code) == (409, 409)
    assert "say why" in complaint(wrong)[0]
    assert "is unspent and may pay for it" in complaint(dear)[0]
    assert shared.status_code == 302, complaint(shared)
    assert Commitment.objects.get().collaborator == baznas
    assert balance(AccountKind.COSTS) == 150_000
    assert balance(AccountKind.LOST, aid_type=None) == 200_000
    assert balance(AccountKind.ALLOTTED, aid_type=None) == 600_000
    assert balance(AccountKind.CASH) == 50_000
    assert "Operating costs are 15%" in words(keeper.open(book))


def test_a_gift_is_refused_with_the_reason_its_donor_reads(baznas: Collaborator) -> None:
    donor = make_collaborator("JNE")
    gift = make_gift(aggregator=baznas, donor=donor)
    keeper, giver = Member(baznas), Member(donor)
    one = f"agregator/baznas/pemberian/{gift.code}/"

    silent = keeper.send(f"{one}tolak/", {"alasan": ""}, page=one)
    keeper.send(f"{one}tolak/", {"alasan": "tidak masuk ke rekening"}, page=one)

    gift.refresh_from_db()
    assert (silent.status_code, gift.state) == (422, GiftState.REFUSED)
    assert gift.code in words(giver.open())
    page = words(giver.client.get(f"/en/pemberian/{gift.code}/"))
    assert "The aggregator says: tidak masuk ke rekening" in page


def test_goods_are_counted_and_what_is_unfit_is_left_out(baznas: Collaborator) -> None:
    gift = make_gift(100, aggregator=baznas, kind=GiftKind.GOODS)
    keeper = Member(baznas)
    one = f"agregator/baznas/pemberian/{gift.code}/"

    keeper.send(f"{one}terima/", {"tiba": "98", "layak": "90", "alasan": "8 rusak"}, page=one)

    assert balance(AccountKind.STOCK) == 90
    assert "90 sembako" in words(Client().get(f"/en/pemberian/{gift.code}/"))


def test_somebody_who_acts_for_a_donor_gives_in_its_name(baznas: Collaborator) -> None:
    donor = make_collaborator("JNE")
    giver = Member(donor)
    fields = answer(baznas, siapa=str(donor.pk), anonim="on")
    for name in GIVER:
        fields[name] = ""

    giver.client.post("/en/dana/beri/", fields)
    giver.client.post("/en/dana/beri/", fields)

    gift = Gift.objects.get()
    assert (gift.donor, gift.is_anonymous, gift.declared) == (donor, True, 1_500_000)


def test_an_erased_giver_leaves_no_name_in_gifts_and_rows_of_the_bank(baznas: Collaborator) -> None:
    donor = make_collaborator("Siti Contoh", kind=Kind.INDIVIDUAL)
    CollaboratorContact.objects.filter(collaborator=donor).update(
        name="Siti Contoh", email="siti@example.org"
    )
    gift = make_gift(aggregator=baznas, donor=donor)
    Gift.objects.filter(pk=gift.pk).update(reference="dari Siti")
    rows = [
        make_bank_row(baznas, text=text)
        for text in ("TRF S CONTOH", "TRSF SITI CONTOH LAGI", "TRF ORANG LAIN")
    ]
    match(row_id=rows[0].pk, parts={gift.pk: None}, actor=DESK, now=NOON)
    stood = list(BankRow.objects.values_list("pk", "sen", "mark"))

    shown = Kept("siti@example.org").as_dict()
    erase(sought="siti@example.org", reason="surat 1", actor=DESK, now=NOON)

    assert [one["text"] for one in shown["transfers"]] == ["TRF S CONTOH", "TRSF SITI CONTOH LAGI"]
    assert shown["marks_of_gifts"] == [{"gift": gift.code, "mark": "dari Siti"}]
    assert Gift.objects.get().reference == ""
    assert list(BankRow.objects.values_list("text", flat=True)) == ["", "", "TRF ORANG LAIN"]
    assert list(BankRow.objects.values_list("pk", "sen", "mark")) == stood
    assert balance(AccountKind.CASH) == MILLION
    assert differences() == []


def test_a_gift_that_reached_many_places_is_shown_in_pages_with_few_queries(
    django_assert_max_num_queries: Any,
) -> None:
    aggregator = make_aggregator()
    gift = make_confirmed(60, aggregator=aggregator)
    make_lot(60, 1, aggregator=aggregator)
    needs = [make_need(1) for _ in range(55)]
    set_aside(aggregator, dict.fromkeys(needs, 1))
    address = f"/en/pemberian/{gift.code}/"

    with django_assert_max_num_queries(20):
        first = words(Client().get(address))
    second = words(Client().get(f"{address}?hal=2"))

    assert "Rows 1 to 50 of 55" in first
    assert "Rows 51 to 55 of 55" in second


@pytest.mark.usefixtures("baznas")
def test_the_page_of_the_money_and_that_of_the_deeds_have_names_of_their_own() -> None:
    pages = [words(Client().get(f"/en/{path}/baznas/")) for path in ("dana", "kolaborator")]

    titles = [re.findall(r"<title>(.*?)</title>|<h1>(.*?)</h1>", page) for page in pages]

    assert len(titles[0]) == 2
    assert not set(titles[0]) & set(titles[1])


def test_the_page_of_a_commitment_names_who_paid_for_its_packages_to_the_rupiah(
    baznas: Collaborator,
) -> None:
    donors = [make_collaborator("JNE"), make_collaborator("Rahasia")]
    gifts = [
        make_confirmed(amount, aggregator=baznas, donor=donor, is_anonymous=hidden)
        for amount, donor, hidden in ((1_000_000, donors[0], False), (400_000, donors[1], True))
    ]
    make_lot(7, 200_000, aggregator=baznas)
    commitment = set_aside(baznas, {make_need(9): 3})

    page = re.sub(r"<[^>]+>", "", words(Client().get(f"/en/komitmen/{commitment.code}/")))
    file: Any = Client().get(f"/en/pemberian/{gifts[0].code}/sasaran.csv")

    assert "Packages paid by 2 gifts" in page
    for gift, paid in zip(gifts, ("JNE: IDR 428,571", "Anonymous donor: IDR 171,429"), strict=True):
        assert f"{gift.code}, {paid}" in page
    assert "Rahasia" not in page
    [head, row] = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert head.split(",")[5:7] == ["rupiah of this gift in them", "cost of the packages in rupiah"]
    assert row.split(",")[4:8] == ["3", "428571", "600000", commitment.code]
