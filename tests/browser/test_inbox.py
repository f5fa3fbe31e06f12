"""The inbox by keyboard, and two officers on one thing."""

from __future__ import annotations

from contextlib import ExitStack

from playwright.sync_api import Browser, Page, expect

from tests.browser import giving, lists
from tests.browser.readers import PHONE, Options, reader

# With the three institutions that wait in the demo they are twenty.
ROWS = [f"31.74.05.1006,,{number},{number + 50}" for number in range(41, 58)]
KIND = "/pokja/kotak-masuk/?jenis=sasaran"


def bring_in(page: Page, rows: list[str]) -> None:
    """Write a list of new places into the book; each waits for verification."""
    giving.log_in(page)
    lists.send(page, *rows)
    page.get_by_role("button", name="ke dalam buku").click()
    expect(page.get_by_role("status").first).to_contain_text("Berkas sudah ditulis")


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_twenty_places_are_verified_by_keyboard_alone(desktop: Page) -> None:
    bring_in(desktop, ROWS)
    desktop.goto(KIND)
    expect(desktop.get_by_text("20 hal menunggu")).to_be_visible()

    # The first ten one after the other: each decision leads to the next place.
    desktop.keyboard.press("j")
    expect(desktop.locator(".inbox > li").first.get_by_role("link").first).to_be_focused()
    press(desktop, "Enter")
    for _ in range(10):
        press(desktop, "v")
        expect(desktop.get_by_role("status").first).to_contain_text("sudah diverifikasi")

    # The others together: chosen row by row, looked at, and done.
    press(desktop, "u")
    expect(desktop.get_by_text("10 hal menunggu")).to_be_visible()
    for _ in range(10):
        desktop.keyboard.press("j")
        desktop.keyboard.press("x")
    press(desktop, "v")
    expect(desktop.get_by_role("heading", name="Ini yang akan terjadi pada 10 hal")).to_be_visible()
    press(desktop, "v")

    expect(desktop.get_by_role("status").first).to_contain_text("Selesai, 10:")
    expect(desktop.get_by_text("Tidak ada yang menunggu di sini.")).to_be_visible()


def test_keys_stay_with_whoever_types_and_are_switched_off(desktop: Page) -> None:
    bring_in(desktop, ROWS[:1])
    desktop.goto(KIND)
    desktop.keyboard.press("j")
    press(desktop, "Enter")
    desktop.keyboard.press("r")
    reason = desktop.get_by_label("Mengapa sasaran ini ditolak?")
    expect(reason).to_be_focused()
    desktop.keyboard.type("vjnu?")
    expect(reason).to_have_value("vjnu?")

    desktop.get_by_role("heading", name="Tombol pintas").click()
    desktop.get_by_role("button", name="Nonaktifkan tombol pintas").click()
    desktop.keyboard.press("v")
    expect(desktop.get_by_text("Tombol pintas tidak aktif.")).to_be_visible()
    desktop.reload()
    desktop.keyboard.press("u")
    desktop.get_by_role("heading", name="Tombol pintas").click()
    expect(desktop.get_by_role("button", name="Aktifkan tombol pintas")).to_be_visible()


def test_the_second_of_two_officers_sees_what_the_first_did_without_javascript(
    browser: Browser, site: str
) -> None:
    options = Options(viewport=PHONE, java_script_enabled=False)
    with ExitStack() as stack:
        first, second = (stack.enter_context(reader(browser, site, options)) for _ in range(2))
        bring_in(first, ROWS[:2])
        giving.log_in(second, "admin@contoh.example")
        for page in (first, second):
            page.goto(KIND)
            page.locator(".inbox > li a").first.click()

        first.get_by_role("button", name="Verifikasi").click()
        second.get_by_role("button", name="Verifikasi").click()

        note = second.get_by_role("status").first
        expect(note).to_contain_text("Petugas lain lebih dahulu")
        expect(note).to_contain_text("Petugas Pokja (contoh)")
        expect(note).to_contain_text("Sasaran diverifikasi")
        second.get_by_role("link", name="Berikutnya").click()
        second.get_by_role("button", name="Verifikasi").click()
        expect(second.get_by_role("status").first).to_contain_text("sudah diverifikasi")
