"""What people do on the Indonesian pages, one function per stretch of the way."""

from __future__ import annotations

import re
from typing import Final

from playwright.sync_api import Locator, Page, expect

from ksbb.demo.people import PASSWORD
from tests.browser.readers import say

SEMBAKO: Final = "Paket sembako"


def find_kebayoran_lama(page: Page) -> None:
    """Go from home to the open RW of Kebayoran Lama, typing its name wrongly."""
    page.goto("/")
    page.get_by_label("Nama sasaran atau wilayah").fill("kebayorn lma")
    page.get_by_role("button", name="Cari sasaran").click()
    understood = "Dipahami sebagai: Kec. Kebayoran Lama, Jakarta Selatan"
    expect(page.get_by_text(understood, exact=True)).to_be_visible()
    page.locator("summary", has_text="Saring dan urutkan").click()
    page.get_by_label("Jenis bantuan").select_option(SEMBAKO)
    page.get_by_label("Jenis sasaran").select_option("RW")
    page.get_by_label("Hanya yang masih membutuhkan").check()
    page.get_by_role("button", name="Terapkan").click()


def have_places_proposed(page: Page, quantity: str) -> str:
    """Go from the list to the package; return the code of the first place in it."""
    page.get_by_role("link", name="Bantu saya memilih di sini").click()
    page.get_by_label("Berapa paket?").fill(quantity)
    page.get_by_label("Paling banyak berapa titik?").fill("1")
    page.get_by_role("button", name="Usulkan sasaran").click()
    page.get_by_role("button", name="Masukkan ke daftar bantuan saya").click()
    expect(page.get_by_role("heading", name="Sasaran dan jumlah", level=1)).to_be_visible()
    address = page.locator("main li h2 a").first.get_attribute("href") or ""
    return address.removeprefix("/sasaran/").removesuffix("/")


def answer(page: Page, *, name: str = "Barisan Bangun Negeri") -> None:
    """Answer who gives and when, and agree to the statement; ends at the check."""
    go_on(page)
    page.get_by_label(say(page, "Name of the giver")).fill(name)
    page.get_by_label(say(page, "community")).check()
    page.get_by_label(say(page, "Contact person")).fill("Contoh Kontak")
    page.get_by_label(say(page, "E-mail address")).fill("kontak@example.org")
    go_on(page)
    plan_and_agree(page)


def plan_and_agree(page: Page) -> None:
    """Answer when it is brought and agree to the statement; ends at the check."""
    page.get_by_label(say(page, "On which day do you plan to bring it?")).fill("2020-05-23")
    page.get_by_label(say(page, "afternoon (15.00–18.00)")).check()
    go_on(page)
    page.get_by_label(say(page, "I have read this, I agree, and I will keep to it")).check()
    go_on(page)
    expect(page.get_by_role("heading", name=say(page, "Check your answers"))).to_be_visible()


def go_on(page: Page) -> None:
    """Press the button that leads to the next question."""
    page.get_by_role("button", name=say(page, "Continue"), exact=True).click()


def send(page: Page) -> str:
    """Send the commitment and return its code."""
    page.get_by_role("button", name=say(page, "Send the commitment")).click()
    thanks = say(page, "Thank you. Your commitment is recorded")
    expect(page.get_by_role("heading", name=thanks)).to_be_visible()
    return page.locator(".panel .code").inner_text()


def log_in(page: Page, account: str = "pokja@contoh.example", wanted: str = "/pokja/") -> None:
    """Log in with the password and open what was wanted."""
    page.goto(f"/masuk/?cara=sandi&next={wanted}")
    page.get_by_label("Alamat surel").fill(account)
    page.get_by_label("Sandi").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Masuk").click()


def ask_for_code(page: Page, address: str = "siti@example.org") -> None:
    """Have a code sent to an address."""
    page.goto("/masuk/")
    page.get_by_label("Alamat surel").fill(address)
    page.get_by_role("button", name="Kirimkan kode").click()
    expect(page.get_by_role("heading", name="Ketik kodenya")).to_be_visible()


def type_code(page: Page) -> None:
    """Type the code which the demo shows on the page that asks for it."""
    code = page.locator(".note .code").inner_text()
    page.get_by_label(say(page, "Code of six digits")).fill(code)
    go_on(page)


def invite(page: Page, organisation: str, address: str) -> str:
    """Invite an address to an organisation; return the link, which the demo shows."""
    page.goto(f"/saya/organisasi/{organisation}/undang/")
    page.get_by_label("Alamat surel").fill(address)
    page.get_by_role("button", name="Kirim undangan").click()
    return page.locator(".note", has_text="/undangan/").inner_text().split()[-1]


def verify(page: Page, name: str = "Barisan Bangun Negeri") -> None:
    """Verify a new collaborator from the inbox, which names those it resembles below it."""
    page.goto("/pokja/kotak-masuk/?jenis=kolaborator")
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    page.get_by_role("button", name="Verifikasi").click()
    expect(page.get_by_role("status")).to_have_text(f"“{name}” sudah diverifikasi.")


def accept_and_schedule(page: Page, code: str) -> None:
    """Find a commitment by its code, accept it, and write down the day."""
    page.goto("/pokja/")
    page.get_by_label("Cari komitmen menurut kode atau pemberi").fill(code)
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("main").get_by_role("link", name=code).click()
    page.get_by_role("button", name="Terima", exact=True).click()
    page.get_by_role("button", name="Catat hari").click()


def hand_over(page: Page) -> str:
    """Record the whole delivery as handed over and return the receipt link."""
    page.get_by_role("region", name="Penyaluran").get_by_role("link").first.click()
    page.get_by_role("button", name="Catat serah terima").click()
    page.get_by_role("button", name="Buat tautan penerimaan").click()
    return page.get_by_role("textbox", name="Tautan penerimaan").input_value()


def confirm(page: Page, link: str, quantity: str) -> None:
    """Say by the link how much arrived, all in good condition."""
    page.goto(link)
    page.get_by_label("Berapa yang diterima?").fill(quantity)
    page.get_by_label("baik", exact=True).check()
    page.get_by_role("button", name="Konfirmasi").click()
    expect(page.get_by_role("heading", name="Konfirmasi Anda tercatat")).to_be_visible()


def figures_of_place(page: Page, code: str) -> dict[str, int]:
    """Return the numbers of the sembako a place needs in the phase of today."""
    page.goto(f"/sasaran/{code}/")
    return figures(_card(page.get_by_role("region", name="Kebutuhan sasaran ini")))


def figures_of_home(page: Page) -> dict[str, int]:
    """Return the numbers of sembako in the phase of today."""
    page.goto("/")
    card = _card(page.get_by_role("region", name="Masih dibutuhkan pada fase ini"))
    missing = {"Masih dibutuhkan": number(card.locator(".total").inner_text())}
    return figures(card) | missing


def figures_of_area(page: Page, area: str) -> dict[str, int]:
    """Return the total of the table of areas in the phase of today by column, without shares."""
    page.goto(f"/capaian/?wilayah={area}&bantuan=sembako")
    table = page.locator("table", has=page.locator("tfoot")).first
    names = table.locator("thead th").all_inner_texts()[1:]
    totals = dict(zip(names, table.locator("tfoot td").all_inner_texts(), strict=True))
    return {name: number(total) for name, total in totals.items() if "%" not in total}


def figures(card: Locator) -> dict[str, int]:
    """Return the pairs of the description list in a card."""
    names = card.locator("dt").all_inner_texts()
    values = card.locator("dd").all_inner_texts()
    return {name.strip(): number(value) for name, value in zip(names, values, strict=True)}


def number(text: str) -> int:
    """Return the number in a text as our pages write it; none (“✓ Terpenuhi”) is 0."""
    return int(re.sub(r"\D", "", text) or 0)


def change(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """Return what became more or less, without what stayed."""
    return {name: after[name] - before[name] for name in before if after[name] != before[name]}


def _card(section: Locator) -> Locator:
    return section.locator(".card", has_text=SEMBAKO).first
