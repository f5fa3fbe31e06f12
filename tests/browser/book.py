"""What the keeper of an aggregator's book does on the Indonesian pages."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

ACCOUNT: Final = "agregator@contoh.example"
BOOK: Final = "/saya/agregator/baznas-bazis-dki/"


def take_in(page: Page, *rows: str) -> None:
    """Send in a statement of the bank; each row is day, text and credit, with semicolons."""
    page.goto(f"{BOOK}bank/")
    lines = ["Tanggal;Keterangan;Kredit;Debit", *(f"{row};" for row in rows)]
    page.locator("input[name=berkas]").set_input_files(
        {
            "name": "mutasi.csv",
            "mimeType": "text/csv",
            "buffer": "\n".join(lines).encode(),
        }
    )
    if page.locator("select[name=rekening]").count():
        page.locator("select[name=rekening]").select_option(index=0)
    else:
        page.locator("input[name=nama]").fill("BSI 4321 (contoh)")
    page.get_by_role("button", name="Baca berkas").click()


def names(page: Page) -> dict[str, str]:
    """Take in one row and name what the addresses of the sights speak of."""
    take_in(page, "20/05/2020;BUNGA CONTOH;12.345")
    row = page.locator(f"a[href^='{BOOK}bank/']").last.get_attribute("href") or ""
    page.goto(BOOK)
    lot = page.locator(f"a[href^='{BOOK}persediaan/']").last.get_attribute("href") or ""
    return {"bank_row": row, "lot": lot}
