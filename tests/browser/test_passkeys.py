"""A passkey from a device that Chromium plays: made, used, listed and taken away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import giving, passkeys
from tests.browser.readers import PHONE, reader


@pytest.fixture
def owner(browser: Browser, site: str) -> Iterator[Page]:
    """Yield a phone with a finger sensor; browsers know passkeys of names, not of numbers."""
    with reader(browser, site.replace("127.0.0.1", "localhost"), {"viewport": PHONE}) as page:
        passkeys.give_sensor(page)
        yield page


def test_a_passkey_is_made_and_opens_the_account_without_a_code(owner: Page) -> None:
    sign_up(owner)
    owner.goto("/akun/kunci/tambah/")
    owner.get_by_label("Nama kunci sandi ini").fill("HP Siti")
    owner.get_by_role("button", name="Buat kunci sandi").click()
    expect(owner.get_by_role("heading", name="HP Siti")).to_be_visible()
    owner.get_by_role("banner").get_by_role("button", name="Keluar").click()

    owner.goto("/masuk/?next=/akun/sesi/")
    owner.get_by_role("button", name="Pakai kunci sandi").click()

    expect(owner.get_by_role("heading", name="Tempat akun Anda terbuka")).to_be_visible()


def test_a_passkey_that_was_removed_opens_nothing(owner: Page) -> None:
    sign_up(owner)
    owner.goto("/akun/kunci/tambah/")
    owner.get_by_role("button", name="Buat kunci sandi").click()
    owner.get_by_role("main").get_by_role("link", name="Hapus").click()
    owner.get_by_role("button", name="Hapus").click()
    expect(owner.get_by_text("Anda belum punya.")).to_be_visible()
    owner.get_by_role("banner").get_by_role("button", name="Keluar").click()

    owner.goto("/masuk/")
    owner.get_by_role("button", name="Pakai kunci sandi").click()

    expect(owner.get_by_text("Kunci sandi ini tidak membuka akun.")).to_be_visible()


def test_a_finger_that_is_refused_says_so_on_the_page(owner: Page) -> None:
    owner.goto("/masuk/")
    owner.get_by_role("button", name="Pakai kunci sandi").click()

    expect(owner.get_by_role("alert")).to_contain_text("Kunci sandi belum dipakai.")


def sign_up(page: Page) -> None:
    """Open a new account with a code."""
    giving.ask_for_code(page)
    giving.type_code(page)
    expect(page.get_by_role("heading", name="Akun Anda")).to_be_visible()
