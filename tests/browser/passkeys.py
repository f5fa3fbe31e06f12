"""A phone with a finger sensor that Chromium plays, and what is done with it."""

from __future__ import annotations

from playwright.sync_api import Page

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_sensor(page: Page) -> None:
    """Let the browser make and use passkeys; it knows those of names, not of numbers."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def add(page: Page) -> str:
    """Make a passkey for whoever is logged in; return the address at which it is removed."""
    give_sensor(page)
    page.goto("/akun/kunci/tambah/")
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.wait_for_url("**/akun/kunci/")
    link = page.locator("main a[href$='/hapus/']").last
    return link.get_attribute("href") or ""
