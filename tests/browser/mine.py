"""What a member of two donors does on the Indonesian pages below /saya/."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Locator, Page

ACCOUNT: Final = "donatur@contoh.example"
ACCEPTED: Final = "diterima Pokja"
SCHEDULED: Final = "dijadwalkan"
UNDER_WAY: Final = "sedang disalurkan"


def row(page: Page, state: str, wanted: str = "") -> Locator:
    """Open my page and return the first commitment in a state, with a text in it."""
    page.goto("/saya/")
    state_of_it = page.locator(".badge", has_text=state)
    return page.locator(".promises > li", has=state_of_it).filter(has_text=wanted).first


def code_of(row: Locator) -> str:
    return row.locator("h3").inner_text()


def leave_five_to_others(page: Page, code: str) -> None:
    """Leave five of the first line to whoever can."""
    page.goto(f"/saya/komitmen/{code}/lepas/")
    page.get_by_label("Hanya jumlah di bawah ini").check()
    page.locator("input[name^=jumlah]").first.fill("5")
    page.get_by_label("Mengapa dibatalkan?").fill("Truk kami rusak")
    page.get_by_role("button", name="Lepas untuk yang lain").click()


def names(page: Page) -> dict[str, str]:
    """Leave something to others and name what the addresses of the sights speak of."""
    accepted = code_of(row(page, ACCEPTED))
    leave_five_to_others(page, accepted)
    begun = row(page, UNDER_WAY, "belum mengonfirmasi")
    brought = begun.locator(".button").get_attribute("href") or ""
    found = {"begun": code_of(begun), "brought": brought}
    planned = row(page, SCHEDULED).locator(".button").get_attribute("href") or ""
    done = code_of(row(page, "selesai"))
    page.goto(f"/saya/komitmen/{accepted}/")
    more = page.locator("a[href*='/tambah/']").first.get_attribute("href") or ""
    elsewhere = page.locator("a[href*='/pindah/']").first.get_attribute("href") or ""
    page.goto("/ambil-alih/")
    offer = page.locator("main h2 a").first.get_attribute("href") or ""
    return found | {
        "accepted": accepted,
        "planned": planned,
        "done": done,
        "more": more,
        "elsewhere": elsewhere,
        "offer": offer,
    }
