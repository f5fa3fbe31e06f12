"""A list is sent in, asked about, looked at, written and taken back."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import giving, lists


def test_an_officer_answers_writes_and_takes_back_on_a_phone_without_javascript(
    plain: Page,
) -> None:
    giving.log_in(plain)
    page = lists.send(plain, lists.NEW, lists.UNKNOWN)
    expect(plain.get_by_text("Data pribadi, tidak disimpan:")).to_be_visible()
    expect(plain.locator("body")).not_to_contain_text("3174051203800001")

    plain.get_by_label("Kelurahan mana yang dimaksud").select_option("31.74.05.1006")
    plain.get_by_role("button", name="Jawab dan baca ulang").click()
    plain.get_by_role("button", name="Tulis 2 baris ke dalam buku").click()

    expect(plain.get_by_role("status")).to_contain_text("Berkas sudah ditulis ke dalam buku.")
    plain.goto("/pokja/sasaran/?q=31.74.05.1006.04")
    expect(plain.get_by_role("main")).to_contain_text("RW 042 Kebayoran Lama Selatan")

    plain.goto(page)
    plain.locator("summary", has_text="Tarik kembali").click()
    plain.get_by_label("Mengapa berkas ditarik kembali?").fill("Salah berkas")
    plain.get_by_role("button", name="Tarik kembali berkas").click()

    expect(plain.get_by_role("status")).to_contain_text("buku kembali seperti semula")
    plain.goto("/pokja/sasaran/?q=31.74.05.1006.04")
    expect(plain.get_by_role("main")).not_to_contain_text("RW 042")


def test_a_large_list_is_read_while_the_page_is_reloaded_and_written_by_keyboard(
    desktop: Page,
) -> None:
    giving.log_in(desktop)
    padding = ",," + "x" * 300
    rows = [f"31.74.05.1006,,{41 + at % 900},{20 + at % 50}{padding}" for at in range(1_500)]
    page = lists.send(desktop, *rows)
    desktop.reload()

    # The script of the page brings the end of the reading without a hand.
    button = desktop.get_by_role("button", name="ke dalam buku")
    expect(button).to_be_visible(timeout=60_000)
    button.focus()
    desktop.keyboard.press("Enter")

    expect(desktop.get_by_role("status").first).to_contain_text("Berkas")
    assert desktop.evaluate("() => location.pathname") == page
