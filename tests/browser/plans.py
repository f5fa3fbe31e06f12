"""What the working group does with offers and plans on the Indonesian pages."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def offer(page: Page, giver: str, packages: str, area: str) -> None:
    """Write an offer of a giver down at the desk."""
    page.goto("/pokja/rencana/kesediaan/")
    page.get_by_label("Pemberi").select_option(giver)
    page.get_by_label("Jenis bantuan").select_option("sembako")
    page.get_by_label("Berapa paket?").fill(packages)
    page.get_by_label("Wilayah", exact=True).select_option(area)
    page.get_by_role("button", name="Catat kesediaan ini").click()
    expect(page.get_by_role("status")).to_contain_text("Kesediaan dicatat")


def publish(page: Page) -> str:
    """Publish the plan the desk shows; return its code."""
    page.goto("/pokja/rencana/?bantuan=sembako&porsi=25")
    page.get_by_role("button", name="Terbitkan rencana ini").click()
    expect(page.get_by_role("heading", name="Rencana: Paket sembako")).to_be_visible()
    return page.url.rstrip("/").rsplit("/", 1)[-1]
