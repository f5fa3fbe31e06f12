"""Every page a person can come to, and how to come to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from playwright.sync_api import Page


class Who(Enum):
    """The people whose browsers are kept for looking around; see `showroom.py`."""

    VISITOR = "visitor"
    CHOOSING = "somebody with a package and no other answers"
    ANSWERED = "somebody who has answered everything"
    THANKED = "somebody who has just sent a commitment"
    NEIGHBOUR = "somebody who has confirmed a delivery"
    MEMBER = "somebody with an account and no desk"
    GIVER = "a member of two donors with commitments in every state"
    OFFICER = "an officer"
    AREA = "an officer of a kecamatan"
    ADMIN = "an administrator"
    PROVING = "somebody who has asked for a code"
    KEEPER = "who keeps the book of an aggregator"


@dataclass(frozen=True, kw_only=True)
class Sight:
    """A page by its name; `{…}` in the address is filled in by the showroom."""

    name: str
    address: str
    who: Who = Who.VISITOR
    act: Callable[[Page], None] | None = None
    """What is done on the page before it is looked at."""
    status: int = 200


def press(page: Page) -> None:
    """Send the form of the page as it stands."""
    page.locator("main form button:not(.visually-hidden)").last.click()


def press_first(page: Page) -> None:
    """Send the first form of the page as it stands."""
    page.locator("main form button:not(.visually-hidden)").first.click()


def press_last_but_typed_wrongly(page: Page) -> None:
    """Type a word where a number is asked for, and send it."""
    page.locator("input[name^=jumlah]").first.fill("banyak")
    page.locator("main .actions button").click()


def type_wrongly(page: Page) -> None:
    """Type a word for a quantity of a proposal, and add up."""
    page.locator("input[name^=jumlah]").first.fill("banyak")
    page.locator("main .actions button").last.click()


def untick(page: Page) -> None:
    """Send a form without its tick."""
    page.locator("input[type=checkbox]").uncheck()
    page.locator("main .actions button").click()


def press_without_cookies(page: Page) -> None:
    """Send a form whose protection is lost."""
    page.context.clear_cookies()
    press(page)


def reject_without_reason(page: Page) -> None:
    """Send a refusal with nothing typed."""
    page.locator("form[action$='/tolak/'] button").evaluate("button => button.click()")


def look_at_contact(page: Page) -> None:
    """Ask for the restricted contact."""
    page.locator("form[action$='/kontak/'] button").first.click()


def make_link(page: Page) -> None:
    """Make a receipt link, which is shown this once."""
    page.locator("form[action$='/tautan/'] button").click()


def record_typed_wrongly(page: Page) -> None:
    """Record a delivery with a word where a number is asked for."""
    page.locator("input[name^=jumlah]").first.fill("banyak")
    page.locator("form[action$='/serah-terima/'] button").click()


def choose_and_accept(page: Page) -> None:
    """Choose the first row of the inbox, and ask what accepting it would do."""
    page.locator("input[name=pilih]").first.check()
    page.locator("button[value=terima]").click()


def give_to_officer(page: Page) -> None:
    """Ask whom a thing can be given to."""
    page.locator("a[href*='/petugas/']").click()


PLACE: Final = "/bantu/?sasaran={place}&bantuan=sembako&fase=4"
PROPOSAL: Final = (
    "/bantu/usulan/?bantuan=sembako&fase=4&jumlah=600&dekat=-6.24,106.78&tujuan=4&minimal=50"
)
FULL: Final = "/bantu/?sasaran={full}&bantuan=sembako&fase=4"

GIFT: Final = "JNE2-BAZN4"
"""A gift of the founding press release, confirmed by its aggregator."""

PUBLIC: Final = (
    Sight(name="home", address="/"),
    Sight(name="list", address="/sasaran/"),
    Sight(name="second page of the list", address="/sasaran/?hal=2"),
    Sight(
        name="filtered list",
        address="/sasaran/?q=kebayorn+lma&wilayah=31.74&jenis=rw&terbuka=1",
    ),
    Sight(name="list of what can mean two things", address="/sasaran/?q=RW+5+duren+sawit"),
    Sight(name="list of the nearest", address="/sasaran/?dekat=-6.24,106.81"),
    Sight(name="empty list", address="/sasaran/?q=zzzzzz"),
    Sight(
        name="empty list with wider ones",
        address="/sasaran/?q=panti+jompo+cipayung&terbuka=1",
    ),
    Sight(name="list with a wrong filter", address="/sasaran/?fase=9", status=400),
    Sight(name="map", address="/peta/"),
    Sight(name="map of a kelurahan", address="/peta/?wilayah=31.74.05.1002&jenis=rw"),
    Sight(name="map of every kelurahan", address="/peta/?tingkat=kelurahan&terbuka=1"),
    Sight(name="empty map", address="/peta/?q=zzzzzz"),
    Sight(name="map with a wrong filter", address="/peta/?fase=9&tingkat=x", status=400),
    Sight(name="place", address="/sasaran/{place}/"),
    Sight(name="full place", address="/sasaran/{full}/"),
    Sight(name="unknown place", address="/sasaran/31.99/", status=404),
    Sight(name="achievement", address="/capaian/"),
    Sight(name="achievement of a kelurahan", address="/capaian/?wilayah=31.74.05.1001&fase=4"),
    Sight(name="achievement over all phases", address="/capaian/?wilayah=31.74&fase=semua"),
    Sight(name="achievement with a wrong moment", address="/capaian/?per=besok", status=400),
    Sight(name="two days compared", address="/capaian/?wilayah=31.74&banding=2020-05-12"),
    Sight(
        name="achievement of one kind of place",
        address="/capaian/?jenis=pesantren&bantuan=makanan-siap-saji&fase=2",
    ),
    Sight(name="rows behind a number", address="/capaian/baris/?tahap=kurang&wilayah=31.74.05"),
    Sight(name="no rows", address="/capaian/baris/?tahap=diterima&per=2020-04-25"),
    Sight(name="rows of a wrong measure", address="/capaian/baris/?tahap=x", status=400),
    Sight(name="collaborators", address="/kolaborator/"),
    Sight(name="second page of collaborators", address="/kolaborator/?hal=2"),
    Sight(name="collaborators by a wrong filter", address="/kolaborator/?urut=x", status=400),
    Sight(name="collaborator", address="/kolaborator/rumah-zakat/"),
    Sight(name="unknown collaborator", address="/kolaborator/tidak-ada/", status=404),
    Sight(name="gifts through aggregators", address="/dana/"),
    Sight(name="book of an aggregator", address="/dana/baznas-bazis-dki/"),
    Sight(name="gift", address=f"/pemberian/{GIFT}/"),
    Sight(name="receipt of a gift", address=f"/pemberian/{GIFT}/bukti/"),
    Sight(name="gift that is only declared", address="/pemberian/{gift}/"),
    Sight(
        name="receipt of a gift that is only declared",
        address="/pemberian/{gift}/bukti/",
        status=404,
    ),
    Sight(name="unknown gift", address="/pemberian/ABCD-EFGH/", status=404),
    Sight(name="declaring a gift", address="/dana/beri/"),
    Sight(name="gift declared with nothing typed", address="/dana/beri/", act=press, status=422),
    Sight(name="published plans", address="/rencana/"),
    Sight(name="release", address="/capaian/siaran/"),
    Sight(name="open data", address="/data/"),
    Sight(name="description of the API", address="/api/v1/docs?lang={language}"),
    Sight(name="open data of a phase", address="/data/?fase=1"),
    Sight(name="open data of no phase", address="/data/?fase=9", status=404),
    Sight(name="published plan", address="/rencana/{plan}/"),
    Sight(name="published plan of a kelurahan", address="/rencana/{plan}/?wilayah=31.74.05.1001"),
    Sight(name="unknown plan", address="/rencana/tidak-ada/", status=404),
    Sight(name="guide", address="/panduan/"),
    Sight(name="guide for donors", address="/panduan/donatur/"),
    Sight(name="guide for aggregators", address="/panduan/agregator/"),
    Sight(name="guide for heads of RW", address="/panduan/ketua-rw/"),
    Sight(name="guide for institutions", address="/panduan/lembaga/"),
    Sight(name="guide to reporting a need", address="/panduan/lapor-kebutuhan/"),
    Sight(name="guide to goods", address="/panduan/barang/"),
    Sight(name="guide to levies", address="/panduan/tanpa-pungutan/"),
    Sight(name="guide to numbers", address="/panduan/angka/"),
    Sight(name="guide to who comes first", address="/panduan/prioritas/"),
    Sight(name="reporting a need", address="/lapor/"),
    Sight(name="report with nothing typed", address="/lapor/", act=press, status=422),
    Sight(name="what became of a report", address="{report}"),
    Sight(name="who is next", address="/prioritas/"),
    Sight(name="frozen list", address="/prioritas/CNTH-DFTR/"),
    Sight(name="who is next asked wrongly", address="/prioritas/?jumlah=x", status=400),
    Sight(name="list by the priority rule", address="/sasaran/?urut=prioritas&wilayah=31.75"),
    Sight(name="guide to a plan", address="/panduan/seandainya/"),
    Sight(name="questions and answers", address="/panduan/tanya-jawab/"),
    Sight(name="no connection", address="/luring/"),
    Sight(name="unknown address", address="/tidak-ada/", status=404),
    Sight(name="login", address="/masuk/"),
    Sight(name="login with nothing typed", address="/masuk/", act=press_first, status=400),
    Sight(name="password", address="/masuk/?cara=sandi"),
    Sight(name="password with nothing typed", address="/masuk/?cara=sandi", act=press, status=400),
)

ACCOUNT: Final = (
    Sight(name="code", address="/akun/kode/", who=Who.PROVING),
    Sight(
        name="code with nothing typed",
        address="/akun/kode/",
        who=Who.PROVING,
        act=press_first,
        status=400,
    ),
    Sight(name="account", address="/akun/", who=Who.MEMBER),
    Sight(name="letters", address="/akun/surat/", who=Who.MEMBER),
    Sight(name="sessions", address="/akun/sesi/", who=Who.MEMBER),
    Sight(name="passkeys", address="/akun/kunci/", who=Who.MEMBER),
    Sight(name="new passkey", address="/akun/kunci/tambah/", who=Who.MEMBER),
    Sight(name="passkeys of whoever has one", address="/akun/kunci/", who=Who.GIVER),
    Sight(name="removing a passkey", address="{passkey}", who=Who.GIVER),
    Sight(name="show that it is you", address="/akun/pastikan/", who=Who.MEMBER),
)

GIVING: Final = (
    Sight(name="giving", address="/bantu/"),
    Sight(name="giving with nothing typed", address="/bantu/", act=press, status=422),
    Sight(name="proposal", address=PROPOSAL),
    Sight(name="proposal typed wrongly", address=PROPOSAL, act=type_wrongly, status=422),
    Sight(name="proposal out of reach", address=f"{PROPOSAL}&jauh=0,1", status=422),
    Sight(name="giving to a place", address=PLACE),
    Sight(name="giving to a place with nothing typed", address=PLACE, act=press, status=422),
    Sight(name="giving to a full place", address=FULL),
    Sight(name="protection lost", address="/bantu/", act=press_without_cookies, status=403),
    Sight(name="package", address="/bantu/paket/", who=Who.CHOOSING),
    Sight(
        name="package typed wrongly",
        address="/bantu/paket/",
        who=Who.CHOOSING,
        act=press_last_but_typed_wrongly,
        status=422,
    ),
    Sight(name="giver", address="/bantu/pemberi/", who=Who.CHOOSING),
    Sight(
        name="giver with nothing typed",
        address="/bantu/pemberi/",
        who=Who.CHOOSING,
        act=press,
        status=422,
    ),
    Sight(name="schedule", address="/bantu/jadwal/", who=Who.CHOOSING),
    Sight(
        name="schedule with nothing typed",
        address="/bantu/jadwal/",
        who=Who.CHOOSING,
        act=press,
        status=422,
    ),
    Sight(name="statement", address="/bantu/pernyataan/", who=Who.CHOOSING),
    Sight(
        name="statement without the tick",
        address="/bantu/pernyataan/",
        who=Who.CHOOSING,
        act=untick,
        status=422,
    ),
    Sight(name="check", address="/bantu/periksa/", who=Who.ANSWERED),
    Sight(name="confirmation", address="/komitmen/{code}/", who=Who.THANKED),
)

BBN: Final = "/saya/organisasi/barisan-bangun-negeri/"
SPLIT: Final = "/saya/organisasi/baznas-bazis-dki/bagi/"
SPLIT_OF: Final = "fase=4&bantuan=sembako&satuan=paket&jumlah=2000&minimal=25"

ORGANISATION: Final = (
    Sight(name="organisation", address=BBN, who=Who.MEMBER),
    Sight(name="organisation of others", address=BBN, who=Who.OFFICER, status=404),
    Sight(name="offers of an organisation", address=f"{BBN}kesediaan/", who=Who.MEMBER),
    Sight(name="splitting a stock", address=SPLIT, who=Who.KEEPER),
    Sight(name="split proposed", address=f"{SPLIT}?{SPLIT_OF}", who=Who.KEEPER),
    Sight(
        name="split sent with nothing typed",
        address=f"{SPLIT}?{SPLIT_OF}",
        who=Who.KEEPER,
        act=press,
        status=422,
    ),
    Sight(name="member", address="{self}", who=Who.MEMBER),
    Sight(name="last owner leaves", address="{self}", who=Who.MEMBER, act=press, status=409),
    Sight(name="invite", address=f"{BBN}undang/", who=Who.MEMBER),
    Sight(
        name="invite with nothing typed",
        address=f"{BBN}undang/",
        who=Who.MEMBER,
        act=press,
        status=422,
    ),
    Sight(name="invitation", address="/undangan/{invitation}/"),
    Sight(
        name="invitation of others",
        address="/undangan/{invitation}/",
        who=Who.MEMBER,
        status=403,
    ),
    Sight(name="ended invitation", address="/undangan/abcdefgh/", status=410),
)

FOLLOWING: Final = (
    Sight(name="follow", address="/komitmen/"),
    Sight(name="follow with nothing typed", address="/komitmen/", act=press, status=400),
    Sight(name="follow an unknown code", address="/komitmen/?kode=ABCD-EFGH", status=404),
    Sight(name="unknown commitment", address="/komitmen/ABCD-EFGH/", status=404),
    Sight(name="commitment with a difference", address="/komitmen/{confirmed}/"),
    Sight(name="claim", address="/komitmen/{confirmed}/klaim/"),
    Sight(
        name="claim with nothing typed",
        address="/komitmen/{confirmed}/klaim/",
        act=press,
        status=400,
    ),
    Sight(name="receipt", address="/terima/{token}/"),
    Sight(name="receipt with nothing typed", address="/terima/{token}/", act=press, status=422),
    Sight(name="thanks for a receipt", address="/terima/{used}/", who=Who.NEIGHBOUR),
    Sight(name="ended link", address="/terima/{used}/", status=410),
    Sight(name="unknown link", address="/terima/abcdefgh/", status=404),
)

DESK: Final = (
    Sight(name="desk", address="/pokja/", who=Who.OFFICER),
    Sight(name="desk inbox", address="/pokja/kotak-masuk/", who=Who.OFFICER),
    Sight(
        name="desk inbox decided at once",
        address="/pokja/kotak-masuk/?jenis=komitmen",
        who=Who.OFFICER,
        act=choose_and_accept,
    ),
    Sight(
        name="desk thing given to an officer",
        address="/pokja/komitmen/{code}/",
        who=Who.OFFICER,
        act=give_to_officer,
    ),
    Sight(name="desk board", address="/pokja/papan/", who=Who.OFFICER),
    Sight(
        name="desk board of a kecamatan", address="/pokja/papan/?wilayah=31.74.05", who=Who.OFFICER
    ),
    Sight(
        name="rows of the board", address="/pokja/papan/baris/?apa=tanpa-bantuan", who=Who.OFFICER
    ),
    Sight(name="guide for officers", address="/pokja/panduan/", who=Who.OFFICER),
    Sight(name="second words", address="/pokja/persetujuan/", who=Who.OFFICER),
    Sight(name="second word", address="{approval}", who=Who.OFFICER),
    Sight(
        name="second word refused without a reason",
        address="{approval}",
        who=Who.OFFICER,
        act=reject_without_reason,
        status=422,
    ),
    Sight(name="audit", address="/pokja/jejak/", who=Who.OFFICER),
    Sight(name="personal data", address="/pokja/data-pribadi/", who=Who.OFFICER),
    Sight(name="who saw whom", address="/pokja/data-pribadi/dilihat/", who=Who.OFFICER),
    Sight(name="second factor", address="/akun/faktor/", who=Who.OFFICER),
    Sight(name="authenticator app", address="/akun/faktor/aplikasi/", who=Who.OFFICER),
    Sight(name="fingerprint of the book", address="/sidik/"),
    Sight(name="desk refused", address="/pokja/", who=Who.MEMBER, status=403),
    Sight(name="desk commitments", address="/pokja/komitmen/", who=Who.OFFICER),
    Sight(name="desk commitment", address="/pokja/komitmen/{code}/", who=Who.OFFICER),
    Sight(
        name="desk commitment rejected without a reason",
        address="/pokja/komitmen/{code}/",
        who=Who.OFFICER,
        act=reject_without_reason,
        status=422,
    ),
    Sight(name="desk cancellation", address="/pokja/komitmen/{code}/batal/", who=Who.OFFICER),
    Sight(name="desk collaborators", address="/pokja/kolaborator/", who=Who.OFFICER),
    Sight(name="desk collaborator", address="/pokja/kolaborator/{giver}/", who=Who.OFFICER),
    Sight(
        name="desk collaborator with its contact",
        address="/pokja/kolaborator/{giver}/",
        who=Who.OFFICER,
        act=look_at_contact,
    ),
    Sight(name="desk deliveries", address="/pokja/penyaluran/", who=Who.OFFICER),
    Sight(name="desk delivery", address="{delivery}", who=Who.OFFICER),
    Sight(name="desk hand-over note", address="{delivery}berita-acara/", who=Who.OFFICER),
    Sight(name="desk correction", address="{correction}", who=Who.OFFICER),
    Sight(
        name="desk correction with nothing typed",
        address="{correction}",
        who=Who.OFFICER,
        act=press,
        status=422,
    ),
    Sight(name="desk receipt link", address="{unconfirmed}", who=Who.OFFICER, act=make_link),
    Sight(name="desk places", address="/pokja/sasaran/", who=Who.OFFICER),
    Sight(name="desk place", address="/pokja/sasaran/{place}/", who=Who.OFFICER),
    Sight(
        name="desk permits", address="/pokja/kolaborator/baznas-bazis-dki/izin/", who=Who.OFFICER
    ),
    Sight(name="desk need", address="{need}", who=Who.OFFICER),
    Sight(name="desk plans", address="/pokja/rencana/", who=Who.OFFICER),
    Sight(name="desk offer", address="/pokja/rencana/kesediaan/", who=Who.OFFICER),
    Sight(name="desk history", address="{history}", who=Who.OFFICER),
    Sight(name="desk lists", address="/pokja/impor/", who=Who.OFFICER),
    Sight(
        name="desk lists with nothing chosen",
        address="/pokja/impor/",
        who=Who.OFFICER,
        act=press,
        status=422,
    ),
    Sight(name="desk list of places", address="{batch}", who=Who.OFFICER),
    Sight(name="area officer's lists", address="/pokja/impor/", who=Who.AREA),
    Sight(name="area officer's list to hand in", address="{proposed}", who=Who.AREA),
    Sight(name="area officer's board", address="/pokja/papan/?wilayah=31.74.05", who=Who.AREA),
    Sight(name="area officer's inbox", address="/pokja/kotak-masuk/", who=Who.AREA),
    Sight(name="desk suggestions", address="/pokja/usulan/", who=Who.OFFICER),
    Sight(name="desk suggestion", address="{suggestion}", who=Who.OFFICER),
    Sight(
        name="desk suggestion with its contact",
        address="{suggestion}",
        who=Who.OFFICER,
        act=look_at_contact,
    ),
    Sight(name="desk new place", address="/pokja/usulan/tempat/", who=Who.OFFICER),
    Sight(name="desk place to enter", address="/pokja/sasaran/baru/", who=Who.OFFICER),
    Sight(
        name="desk place entered with nothing typed",
        address="/pokja/sasaran/baru/",
        who=Who.OFFICER,
        act=press,
        status=422,
    ),
    Sight(name="area officer's aid of others", address="/pokja/sudah-dilayani/", who=Who.AREA),
    Sight(
        name="area officer's place served by others",
        address="/pokja/sasaran/{place}/sudah-dilayani/",
        who=Who.AREA,
    ),
    Sight(
        name="desk new count",
        address="/pokja/sasaran/{place}/usul-hitungan/",
        who=Who.OFFICER,
    ),
    Sight(name="desk priority", address="/pokja/prioritas/", who=Who.OFFICER),
    Sight(name="desk served by others", address="/pokja/sudah-dilayani/", who=Who.OFFICER),
    Sight(name="desk list of aid from others", address="{served}", who=Who.OFFICER),
    Sight(
        name="desk place served by others",
        address="/pokja/sasaran/{place}/sudah-dilayani/",
        who=Who.OFFICER,
        act=press,
        status=422,
    ),
)

BOOK: Final = "/saya/agregator/baznas-bazis-dki/"
KEEPING: Final = (
    Sight(name="desk of an aggregator", address=BOOK, who=Who.KEEPER),
    Sight(name="bank statement", address=BOOK + "bank/", who=Who.KEEPER),
    Sight(
        name="bank statement with nothing chosen",
        address=BOOK + "bank/",
        who=Who.KEEPER,
        act=press,
        status=422,
    ),
    Sight(name="row of the bank", address="{bank_row}", who=Who.KEEPER),
    Sight(name="book: packages bought", address=BOOK + "beli/", who=Who.KEEPER),
    Sight(name="statement of a period", address=BOOK + "laporan/", who=Who.KEEPER),
    Sight(
        name="statement of no period",
        address=BOOK + "laporan/?dari=kapan",
        who=Who.KEEPER,
        status=422,
    ),
    Sight(name="book: amount mended", address=f"{BOOK}pemberian/{GIFT}/perbaiki/", who=Who.KEEPER),
    Sight(name="book: gift to decide", address=BOOK + "pemberian/{gift}/", who=Who.KEEPER),
    Sight(
        name="book: gift refused without a reason",
        address=BOOK + "pemberian/{gift}/",
        who=Who.KEEPER,
        act=press,
        status=422,
    ),
    Sight(name="book: costs", address=BOOK + "biaya/", who=Who.KEEPER),
    Sight(
        name="book: costs with nothing typed",
        address=BOOK + "biaya/",
        who=Who.KEEPER,
        act=press,
        status=422,
    ),
    Sight(name="book: packages lost", address="{lot}", who=Who.KEEPER),
    Sight(name="book: packages shared out", address=BOOK + "salurkan/", who=Who.KEEPER),
    Sight(
        name="book: packages shared out with nothing typed",
        address=BOOK + "salurkan/",
        who=Who.KEEPER,
        act=press,
        status=422,
    ),
    Sight(name="book: entry reversed", address=BOOK + "batalkan/", who=Who.KEEPER),
    Sight(name="book: stock set aside", address=BOOK + "sisihkan/", who=Who.KEEPER),
    Sight(name="closing a period", address=BOOK + "tutup/", who=Who.KEEPER),
    Sight(
        name="closing a period of no day",
        address=BOOK + "tutup/?sampai=kapan",
        who=Who.KEEPER,
        status=422,
    ),
)

RAMADAN: Final = "/pokja/program/pangan-ramadan-1441/"
HALVED: Final = "{rule}?dasar=FAMILIES&kali=1&bagi=2"
SETUP: Final = (
    Sight(name="accounts", address="/pokja/akun/", who=Who.ADMIN),
    Sight(name="account of an officer", address="{officer}", who=Who.ADMIN),
    Sight(name="what is kept of a person", address="/pokja/data-pribadi/orang/", who=Who.ADMIN),
    Sight(name="programmes", address="/pokja/program/", who=Who.ADMIN),
    Sight(name="new programme", address="/pokja/program/baru/", who=Who.ADMIN),
    Sight(
        name="new programme with nothing typed",
        address="/pokja/program/baru/",
        who=Who.ADMIN,
        act=press,
        status=422,
    ),
    Sight(name="programme", address=RAMADAN, who=Who.ADMIN),
    Sight(name="name of a programme", address=f"{RAMADAN}nama/", who=Who.ADMIN),
    Sight(name="days of a programme", address=f"{RAMADAN}hari/", who=Who.ADMIN),
    Sight(name="words on the release", address=f"{RAMADAN}siaran-pers/", who=Who.ADMIN),
    Sight(name="kinds of a programme", address=f"{RAMADAN}jenis-tempat/", who=Who.ADMIN),
    Sight(name="steps of two officers", address=f"{RAMADAN}dua-petugas/", who=Who.ADMIN),
    Sight(name="settings of a programme", address=f"{RAMADAN}setelan/", who=Who.ADMIN),
    Sight(name="new phase", address=f"{RAMADAN}fase/baru/", who=Who.ADMIN),
    Sight(name="new kind of aid", address=f"{RAMADAN}bantuan/baru/", who=Who.ADMIN),
    Sight(name="phase", address=f"{RAMADAN}fase/4/", who=Who.ADMIN),
    Sight(name="kind of aid", address=f"{RAMADAN}bantuan/sembako/", who=Who.ADMIN),
    Sight(name="new rule", address=f"{RAMADAN}aturan/baru/", who=Who.ADMIN),
    Sight(name="rule", address=HALVED, who=Who.ADMIN),
    Sight(name="needs from the rules", address=f"{RAMADAN}kebutuhan/", who=Who.ADMIN),
    Sight(name="publishing a programme", address=f"{RAMADAN}terbitkan/", who=Who.ADMIN),
    Sight(name="closing a programme", address=f"{RAMADAN}tutup/", who=Who.ADMIN),
    Sight(
        name="closing a programme without a reason",
        address=f"{RAMADAN}tutup/",
        who=Who.ADMIN,
        act=press,
        status=422,
    ),
    Sight(name="opening a programme again", address=f"{RAMADAN}buka/", who=Who.ADMIN),
    Sight(name="removing a phase", address=f"{RAMADAN}fase/4/hapus/", who=Who.ADMIN),
    Sight(
        name="removing a phase with needs",
        address=f"{RAMADAN}fase/4/hapus/",
        who=Who.ADMIN,
        act=press,
        status=409,
    ),
    Sight(
        name="removing a kind of aid", address=f"{RAMADAN}bantuan/paket-thr/hapus/", who=Who.ADMIN
    ),
    Sight(name="removing a rule", address="{rule}hapus/", who=Who.ADMIN),
    Sight(name="kind of place", address="/pokja/jenis-tempat/pesantren/", who=Who.ADMIN),
    Sight(name="new kind of place", address="/pokja/jenis-tempat/baru/", who=Who.ADMIN),
    Sight(
        name="new kind of place with nothing typed",
        address="/pokja/jenis-tempat/baru/",
        who=Who.ADMIN,
        act=press,
        status=422,
    ),
)

PART: Final = "/saya/komitmen/{accepted}/"
MINE: Final = (
    Sight(name="my page", address="/saya/", who=Who.GIVER),
    Sight(name="my page with nothing of mine", address="/saya/", who=Who.OFFICER),
    Sight(name="my accepted commitment", address=PART, who=Who.GIVER),
    Sight(name="my commitment under way", address="/saya/komitmen/{begun}/", who=Who.GIVER),
    Sight(name="my finished commitment", address="/saya/komitmen/{done}/", who=Who.GIVER),
    Sight(name="my day", address=PART + "jadwal/", who=Who.GIVER),
    Sight(name="my withdrawal", address=PART + "batal/", who=Who.GIVER),
    Sight(
        name="my withdrawal with nothing typed",
        address=PART + "batal/",
        who=Who.GIVER,
        act=press,
        status=422,
    ),
    Sight(name="my rest for others", address=PART + "lepas/", who=Who.GIVER),
    Sight(name="more of mine", address="{more}", who=Who.GIVER),
    Sight(name="mine elsewhere", address="{elsewhere}", who=Who.GIVER),
    Sight(name="my planned delivery", address="{planned}", who=Who.GIVER),
    Sight(
        name="my delivery typed wrongly",
        address="{planned}",
        who=Who.GIVER,
        act=record_typed_wrongly,
        status=422,
    ),
    Sight(name="my recorded delivery", address="{brought}", who=Who.GIVER),
    Sight(name="my note", address="{planned}berita-acara/", who=Who.GIVER),
    Sight(name="my receipt link", address="{brought}", who=Who.GIVER, act=make_link),
    Sight(name="whom I call", address=PART, who=Who.GIVER, act=look_at_contact),
    Sight(name="somebody else’s commitment", address=PART, who=Who.MEMBER, status=404),
    Sight(name="offers", address="/ambil-alih/"),
    Sight(name="offer", address="{offer}"),
    Sight(name="unknown offer", address="/ambil-alih/0/", status=404),
    Sight(name="nearest places", address="/sasaran/{full}/terdekat/?bantuan=sembako&fase=4"),
    Sight(name="proof", address="/komitmen/{confirmed}/terima-kasih/"),
    Sight(name="finished commitment", address="/komitmen/{done}/"),
)

SIGHTS: Final = PUBLIC + ACCOUNT + ORGANISATION + GIVING + FOLLOWING + DESK + KEEPING + SETUP + MINE
