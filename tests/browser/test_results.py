"""Looking behind the numbers: compare two days, open the rows, find who gave."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.readers import View, reader, say

FILTERS = "Area, aid, phase, kind of place, two days"


@pytest.fixture
def site(showcase: str) -> str:
    return showcase


def test_two_days_are_compared_and_the_difference_opens_its_rows(
    browser: Browser, showcase: str, view: View
) -> None:
    with reader(browser, showcase, view.options) as page:
        page.goto(f"{view.door}capaian/")
        # On a wide screen the filters stand open.
        if (filters := page.locator("summary", has_text=say(page, FILTERS))).is_visible():
            filters.click()
        page.get_by_label(say(page, "Compare with")).fill("2020-05-12")
        page.get_by_role("button", name=say(page, "Apply")).click()

        compared = page.get_by_role("region", name=say(page, "Two days compared"))
        row = compared.get_by_role("row", name=re.compile(f"^{say(page, 'Committed')}"))
        earlier, later, difference = row.get_by_role("link").all_inner_texts()
        assert read(later) - read(earlier) == read(difference) > 0
        row.get_by_role("link").last.click()

        behind = say(page, "The rows behind a number")
        expect(page.get_by_role("heading", name=behind)).to_be_visible()
        assert sum_of(page) == read(difference)


def test_a_number_is_the_sum_of_all_the_rows_behind_it(desktop: Page) -> None:
    desktop.goto("/capaian/?wilayah=31.74.05&fase=4")
    link = desktop.get_by_role("row", name=re.compile("^Jumlah")).first.get_by_role("link").nth(1)
    number = read(link.inner_text())
    link.click()

    assert sum_of(desktop) == number
    assert sum(rows_of(desktop)) == number


def test_a_collaborator_is_found_by_a_misspelt_name(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_role("navigation", name="Halaman utama").get_by_text("Kolaborator").click()
    phone.get_by_label("Nama kolaborator").fill("rumah zakt")
    phone.get_by_role("button", name="Cari").click()
    phone.get_by_role("link", name="Rumah Zakat").click()

    expect(phone.get_by_role("heading", name="Rumah Zakat", level=1)).to_be_visible()
    expect(phone.get_by_role("heading", name="Selisih yang masih terbuka")).to_be_visible()


def test_results_and_rows_work_without_javascript(plain: Page) -> None:
    plain.goto("/capaian/?banding=2020-05-12")
    plain.get_by_role("region", name="Dua hari dibandingkan").get_by_role("link").nth(2).click()

    expect(plain.get_by_text("Jumlah semua baris")).to_be_visible()


def sum_of(page: Page) -> int:
    """Return the number a page of rows stands for."""
    return read(page.locator(".facts-sum strong").inner_text())


def rows_of(page: Page) -> list[int]:
    """Walk through all pages of rows and return what each adds."""
    found: list[int] = []
    while True:
        found += [read(text) for text in page.locator(".ledger-delta").all_inner_texts()]
        older = page.get_by_role("link", name="Baris lebih lama")
        if not older.count():
            return found
        older.click()


def read(number: str) -> int:
    """Return what a number says, with the points of Indonesian or the commas of English."""
    return int(number.strip().replace(".", "").replace(",", "").replace("−", "-").replace("+", ""))
