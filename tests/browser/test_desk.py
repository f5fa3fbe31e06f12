"""What an officer does, on a phone without JavaScript, and the administration under our policy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from ksbb.demo.people import PASSWORD


def log_in(page: Page, account: str, wanted: str) -> None:
    page.goto(f"/masuk/?next={wanted}")
    page.get_by_label("Alamat surel").fill(account)
    page.get_by_label("Sandi").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Masuk").click()


def test_an_officer_brings_a_commitment_to_its_receipt_link(plain: Page) -> None:
    log_in(plain, "pokja@contoh.example", "/pokja/komitmen/")
    waiting = plain.get_by_role("listitem").filter(has_text="diajukan")
    waiting.filter(has_not_text="menunggu verifikasi").get_by_role("link").first.click()

    plain.get_by_role("button", name="Terima", exact=True).click()
    plain.get_by_role("button", name="Catat hari").click()
    plain.get_by_role("region", name="Penyaluran").get_by_role("link").first.click()
    plain.get_by_role("button", name="Catat serah terima").click()
    plain.get_by_role("button", name="Buat tautan penerimaan").click()

    expect(plain.get_by_role("textbox", name="Tautan penerimaan")).to_have_value(
        re.compile("/terima/")
    )
    expect(plain.get_by_role("img", name="Kode QR tautan penerimaan")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["programmes/programme/1/change/", "needs/target/1/change/", "audit/entry/"]
)
def test_the_administration_works_under_the_policy(path: str, desktop: Page) -> None:
    log_in(desktop, "admin@contoh.example", f"/admin/{path}")

    expect(desktop.get_by_role("banner")).to_contain_text("Administrasi")
