"""An aggregator's month: the bank's statement is matched, and the period closed beside the bank."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import book, giving
from tests.browser.gifts import declare
from tests.browser.readers import PHONE, Options, reader


@pytest.fixture
def keeper(browser: Browser, site: str) -> Iterator[Page]:
    with reader(browser, site, Options(viewport=PHONE)) as page:
        yield page


def test_a_transfer_is_matched_and_a_period_closed_with_a_difference_explained(
    keeper: Page, browser: Browser, site: str
) -> None:
    with reader(browser, site, Options(viewport=PHONE)) as donor:
        gift = declare(donor)
    giving.log_in(keeper, book.ACCOUNT, book.BOOK)

    book.take_in(keeper, f"20/05/2020;TRSF E-BANKING {gift} JNE;Rp 100.000.000,-")
    keeper.get_by_role("link", name="Rp100.000.000").first.click()
    expect(keeper.get_by_text("kodenya ada dalam keterangan")).to_be_visible()
    keeper.get_by_role("button", name="Konfirmasi dengan Rp100.000.000").click()
    answered = keeper.get_by_role("region", name="Terakhir dijawab").locator("tbody")
    expect(answered).to_contain_text(gift)

    keeper.goto(f"{book.BOOK}tutup/?sampai=2020-04-30")
    expect(keeper.locator("tbody tr").first).to_contain_text("Rp1.545.000.000")
    keeper.locator("input[name=saldo]").fill("1.545.012.345,67")
    keeper.get_by_role("button", name="Tutup periode ini").click()
    expect(keeper.get_by_text("Jelaskan selisih Rp12.345,67").first).to_be_visible()
    keeper.locator("textarea[name=alasan]").fill("Bunga bank April (contoh)")
    keeper.get_by_role("button", name="Tutup periode ini").click()
    closed = keeper.get_by_role("region", name="Periode yang sudah ditutup").locator("tbody")
    expect(closed).to_contain_text("Bunga bank April (contoh)")
    expect(closed).to_contain_text("Rp12.345,67")
