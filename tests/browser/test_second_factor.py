"""An officer ties an authenticator app, comes back with it, and once with a recovery code."""

from __future__ import annotations

from allauth.mfa.totp.internal import auth
from playwright.sync_api import Page, expect

from tests.browser import giving


def test_an_officer_ties_an_app_and_is_helped_when_the_phone_is_lost(plain: Page) -> None:
    giving.log_in(plain)
    secret, recovery = tie_an_app(plain)
    log_out(plain)

    giving.log_in(plain)
    expect(plain.get_by_role("heading", name="Tunjukkan faktor kedua Anda")).to_be_visible()
    answer(plain, "000000")
    expect(plain.get_by_text("Kode ini tidak membuka apa pun.").first).to_be_visible()
    answer(plain, shown_by_app(secret, 1))
    expect(plain.get_by_role("heading", name="Antrean")).to_be_visible()
    log_out(plain)

    giving.log_in(plain)
    answer(plain, recovery)
    expect(plain.get_by_role("heading", name="Antrean")).to_be_visible()
    log_out(plain)

    giving.log_in(plain, "admin@contoh.example", "/pokja/akun/")
    plain.get_by_role("link", name="Petugas Pokja (contoh)").click()
    plain.get_by_label("Mengapa faktor kedua disetel ulang?").fill("Ponsel hilang, surat 12")
    plain.get_by_role("button", name="Setel ulang faktor kedua").click()
    expect(plain.get_by_text("Faktor kedua sudah disetel ulang")).to_be_visible()
    log_out(plain)

    giving.log_in(plain)
    expect(plain.get_by_role("heading", name="Antrean")).to_be_visible()


def tie_an_app(page: Page) -> tuple[str, str]:
    """Return the secret of the app and the first recovery code."""
    page.goto("/akun/faktor/")
    page.get_by_role("link", name="Pasang aplikasi").click()
    secret = page.locator("main ol code").inner_text().replace(" ", "")
    page.get_by_label("Kode").fill(shown_by_app(secret))
    page.get_by_role("button", name="Konfirmasi").click()
    expect(page.get_by_role("heading", name="Kode pemulihan Anda")).to_be_visible()
    recovery = page.locator("ul.codes code").first.inner_text()
    page.get_by_role("link", name="Sudah saya simpan").click()
    return secret, recovery


def shown_by_app(secret: str, step: int = 0) -> str:
    """Return what the app shows; a code works once, so later ones are of another half minute."""
    counter = list(auth.yield_hotp_counters_from_time())[1 + step]
    return str(auth.format_hotp_value(auth.hotp_value(secret, counter)))


def answer(page: Page, code: str) -> None:
    page.get_by_label("Kode").fill(code)
    page.get_by_role("button", name="Lanjut").click()


def log_out(page: Page) -> None:
    page.get_by_role("banner").get_by_role("button", name="Keluar").click()
