"""What an officer does, on a phone without JavaScript, and the administration under our policy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from ksbb.demo.people import PASSWORD
from tests.browser.readers import DESKTOP, reader


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


def test_an_officer_of_an_area_is_refused_outside_it(plain: Page) -> None:
    log_in(plain, "kecamatan@contoh.example", "/pokja/sasaran/")
    inside, outside = (place_in(plain, area) for area in ("31.74.05", "31.72"))

    assert plain.goto(f"/pokja/sasaran/{inside}/").status == 200  # type: ignore[union-attr]
    assert plain.goto(f"/pokja/sasaran/{outside}/").status == 403  # type: ignore[union-attr]
    expect(plain.get_by_role("heading", level=1)).to_be_visible()
    plain.goto("/pokja/usulan/tempat/")
    areas = plain.locator("select option[value]:not([value=''])")
    codes = areas.evaluate_all("found => found.map(one => one.value)")
    assert [code for code in codes if code.startswith("31.") and code[:8] != "31.74.05"] == []


def place_in(page: Page, area: str) -> str:
    page.goto(f"/sasaran/?wilayah={area}")
    link = page.get_by_role("main").locator(f"a[href^='/sasaran/{area}']").first
    return (link.get_attribute("href") or "").rstrip("/").rsplit("/", 1)[-1]


@pytest.mark.parametrize(
    "path", ["programmes/programme/1/change/", "needs/target/1/change/", "audit/entry/"]
)
def test_the_administration_works_under_the_policy(
    path: str, browser: Browser, showcase: str
) -> None:
    with reader(browser, showcase, {"viewport": DESKTOP}) as page:
        log_in(page, "admin@contoh.example", f"/admin/{path}")

        expect(page.get_by_role("banner")).to_contain_text("Administrasi")


def test_on_a_phone_the_desk_has_one_menu_that_opens_without_scripts(plain: Page) -> None:
    log_in(plain, "pokja@contoh.example", "/pokja/papan/")
    menu = plain.get_by_role("navigation", name="Meja kerja Pokja")
    expect(menu.get_by_role("link")).to_have_count(0)

    menu.get_by_role("button").click()
    menu.get_by_role("link", name="Audit").click()

    expect(plain).to_have_url(re.compile("/pokja/jejak/$"))
