"""A gift of money on its way to a place: declared, confirmed, spent, brought, and seen by all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import giving
from tests.browser.gifts import BOOK, SOUTH, declare
from tests.browser.readers import PHONE, Cast, Options, reader


@pytest.fixture
def people(browser: Browser, site: str) -> Iterator[Cast]:
    """Return JNE's member, an officer, and the aggregator's keeper, who ends as the RW head."""
    options = Options(viewport=PHONE)
    with (
        reader(browser, site, options) as giver,
        reader(browser, site, options) as officer,
        reader(browser, site, options) as neighbour,
    ):
        yield Cast(giver=giver, officer=officer, neighbour=neighbour)


def test_a_refused_gift_tells_its_donor_why_and_counts_nowhere(people: Cast) -> None:
    donor, keeper = people.giver, people.neighbour
    gift = declare(donor)

    giving.log_in(keeper, "agregator@contoh.example", BOOK)
    keeper.get_by_role("link", name=gift).click()
    keeper.get_by_role("button", name="Tolak dengan alasan ini").click()
    expect(keeper.get_by_role("alert")).to_contain_text("alasan")
    keeper.locator("[name$=alasan]").last.fill("Belum masuk rekening setelah tiga hari.")
    keeper.get_by_role("button", name="Tolak dengan alasan ini").click()
    expect(keeper.get_by_text("Pemberian ditolak")).to_be_visible()

    donor.reload()
    expect(donor.get_by_text("ditolak", exact=True)).to_be_visible()
    expect(donor.get_by_role("main")).to_contain_text("Belum masuk rekening setelah tiga hari.")
    donor.goto("/dana/baznas-bazis-dki/")
    expect(donor.get_by_role("main")).not_to_contain_text(gift)


def test_a_suspended_aggregator_takes_no_gift_and_donors_are_led_to_others(people: Cast) -> None:
    donor, officer = people.giver, people.officer
    giving.log_in(officer, wanted="/pokja/kolaborator/baznas-bazis-dki/izin/")
    touched = officer.get_by_role("region", name="Yang tetap terbuka bila ditangguhkan")
    expect(touched.get_by_role("definition").nth(1)).to_contain_text("Rp")

    officer.locator("summary", has_text="Tangguhkan").click()
    officer.locator("textarea[name=alasan], input[name=alasan]").first.fill("Izin diperiksa ulang.")
    officer.get_by_role("button", name="Tangguhkan").click()
    expect(officer.get_by_text("Izin ditangguhkan: tidak ada pemberian baru")).to_be_visible()

    donor.goto("/dana/baznas-bazis-dki/")
    expect(donor.get_by_role("main")).to_contain_text("Izin diperiksa ulang.")
    giving.log_in(donor, "jne@contoh.example", "/dana/beri/")
    expect(donor.get_by_label("PMI DKI Jakarta")).to_be_visible()
    expect(donor.get_by_label("BAZNAS/BAZIS DKI Jakarta")).to_have_count(0)


def test_a_gift_is_followed_from_the_donor_to_the_word_of_the_place(people: Cast) -> None:
    donor, keeper, officer = people.giver, people.neighbour, people.officer

    gift = declare(donor)
    confirm_and_buy(keeper, gift)
    code, packages = share_out(keeper, gift)
    giving.log_in(officer)
    giving.accept_and_schedule(officer, code)
    link = giving.hand_over(officer)
    giving.confirm(keeper, link, packages)

    donor.goto(f"/pemberian/{gift}/")
    places = donor.get_by_role("region", name="Sasaran yang dicapai").locator("tbody tr")
    expect(places.first).to_contain_text("diserahkan")
    expect(places.first).to_contain_text(code)
    paid = giving.number(places.first.locator("td").nth(3).inner_text())
    assert paid == int(packages) * 200_000


def confirm_and_buy(page: Page, gift: str) -> None:
    """Confirm the gift as declared and buy five hundred packages for its area with it."""
    giving.log_in(page, "agregator@contoh.example", BOOK)
    page.get_by_role("link", name=gift).click()
    page.get_by_role("button", name="Konfirmasi dan beri bukti penerimaan").click()
    page.get_by_role("link", name="Beli paket").click()
    page.locator("select[name=bantuan]").select_option("sembako")
    page.locator("input[name=jumlah]").fill("500")
    page.locator("input[name=harga]").fill("200.000")
    page.locator("input[name=pemasok]").fill("CV Contoh")
    page.locator("input[name=faktur]").fill("F-1")
    page.locator("select[name=wilayah]").select_option(SOUTH)
    page.get_by_role("button", name="Beli paket").click()
    expect(page.get_by_text("Paketnya masuk persediaan.")).to_be_visible()


def share_out(page: Page, gift: str) -> tuple[str, str]:
    """Commit packages to the place that needs most; return the commitment and how many."""
    page.get_by_role("link", name="Salurkan paket dari persediaan").click()
    page.locator("select[name=bantuan]").select_option("sembako")
    page.locator("input[name=jumlah]").fill("50")
    page.locator("input[name=tujuan]").fill("1")
    page.locator("select[name=wilayah]").select_option(SOUTH)
    page.locator("input[name=tanggal]").fill("2020-05-23")
    page.locator("input[name=waktu]").first.check()
    page.get_by_role("button", name="Salurkan paket dari persediaan").click()
    expect(page.get_by_text("Paketnya sudah dikomitmenkan dan disisihkan.")).to_be_visible()
    page.goto(f"/pemberian/{gift}/")
    row = page.get_by_role("region", name="Sasaran yang dicapai").locator("tbody tr").first
    packages = str(giving.number(row.locator("td").nth(2).inner_text()))
    return row.get_by_role("link").last.inner_text(), packages
