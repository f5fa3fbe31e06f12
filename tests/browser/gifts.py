"""How a donor declares a gift, and where its aggregator finds it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import giving

BOOK = "/saya/agregator/baznas-bazis-dki/"
SOUTH = "31.74"


def declare(page: Page) -> str:
    """Give a hundred million rupiah for the south in the name of JNE; return the code."""
    giving.log_in(page, "jne@contoh.example", "/dana/beri/")
    page.get_by_label("BAZNAS/BAZIS DKI Jakarta").check()
    page.get_by_label("uang", exact=True).check()
    page.locator("input[name=jumlah]").fill("100 juta")
    page.locator("select[name=wilayah]").select_option(SOUTH)
    page.get_by_role("button", name="Nyatakan pemberian ini").click()
    expect(page.get_by_text("dinyatakan, belum dikonfirmasi").first).to_be_visible()
    return page.locator("h1 .code").inner_text()
