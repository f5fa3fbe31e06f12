"""Journeys with an account, a basket, and a session that dies."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import giving
from tests.browser.readers import Cast

LIST = "/sasaran/?wilayah=31.74.05&bantuan=sembako&fase=4&jenis=rw&terbuka=1"


def test_somebody_signs_up_in_the_middle_of_giving_and_loses_nothing(cast: Cast) -> None:
    page = cast.giver
    page.goto("/bantu/?wilayah=31.74.05")
    page.get_by_label("Berapa paket?").fill("25")
    page.get_by_role("button", name="Usulkan sasaran").click()
    page.get_by_role("button", name="Masukkan ke paket saya").click()
    giving.go_on(page)
    page.get_by_label("Nama pemberi").fill("Warga Jalan Contoh")
    page.get_by_label("perorangan").check()
    page.get_by_label("Narahubung").fill("Siti Contoh")
    page.get_by_label("Alamat surel").fill("siti@example.org")
    page.get_by_role("button", name="Masuk atau daftar dahulu").click()
    giving.type_code(page)

    expect(page.get_by_label("Nama pemberi")).to_have_value("Warga Jalan Contoh")
    expect(page.get_by_label("perorangan")).to_be_checked()
    giving.go_on(page)
    giving.plan_and_agree(page)
    giving.send(page)

    page.goto("/akun/")
    page.get_by_role("link", name="Warga Jalan Contoh").click()
    expect(page.get_by_role("region", name="Siapa yang bertindak")).to_contain_text("pemilik")


def test_a_basket_of_three_places_of_which_somebody_else_fills_one(cast: Cast) -> None:
    places = open_places(cast.giver, 3)
    for place in places:
        add(cast.giver, place, "20")
    giving.answer(cast.giver)
    fill_up(cast.neighbour, places[1])

    cast.giver.get_by_role("button", name="Kirim komitmen").click()

    expect(cast.giver.get_by_role("alert")).to_contain_text("masih terbuka")
    kept = [box.input_value() for box in cast.giver.get_by_label("Jumlah: ").all()]
    assert kept == ["20", "20", "20"]
    while cast.giver.locator("button[name=pindah]").count():
        cast.giver.locator("button[name=pindah]").first.click()
    typed = [giving.number(box.input_value()) for box in cast.giver.get_by_label("Jumlah: ").all()]
    assert (sum(typed), typed.count(20)) == (60, 2)
    giving.go_on(cast.giver)
    giving.send(cast.giver)


def test_a_dead_session_keeps_what_was_typed(phone: Page) -> None:
    phone.goto("/bantu/?wilayah=31.74.05")
    phone.get_by_label("Berapa paket?").fill("25")
    phone.get_by_role("button", name="Usulkan sasaran").click()
    phone.get_by_role("button", name="Masukkan ke paket saya").click()
    giving.go_on(phone)
    phone.get_by_label("Nama pemberi").fill("Warga Jalan Contoh")
    phone.get_by_label("perorangan").check()
    phone.get_by_label("Narahubung").fill("Siti Contoh")
    phone.get_by_label("Telepon").fill("0812 3456 7890")
    phone.context.clear_cookies()

    giving.go_on(phone)
    expect(phone.get_by_role("main")).to_contain_text("Warga Jalan Contoh")
    phone.get_by_role("button", name="Kirim lagi").click()
    giving.plan_and_agree(phone)

    expect(phone.get_by_role("main")).to_contain_text("Warga Jalan Contoh")
    expect(phone.get_by_role("main")).to_contain_text("0812 3456 7890")
    giving.send(phone)


@pytest.mark.parametrize("page", ["paket", "pemberi"])
def test_the_way_back_shows_what_was_answered(phone: Page, page: str) -> None:
    phone.goto(LIST)
    giving.have_places_proposed(phone, "25")
    giving.answer(phone)

    phone.goto(f"/bantu/{page}/")
    giving.go_on(phone)

    expect(phone.get_by_role("heading", name="Periksa jawaban Anda")).to_be_visible()


def open_places(page: Page, count: int) -> list[str]:
    """Return the addresses for giving to the first open places of the list."""
    page.goto(LIST)
    links = page.get_by_role("main").locator("a[href^='/bantu/?sasaran=']")
    return [links.nth(one).get_attribute("href") or "" for one in range(count)]


def add(page: Page, place: str, quantity: str) -> None:
    """Put a place into the package."""
    page.goto(place)
    page.get_by_label("Berapa paket?").fill(quantity)
    page.get_by_role("button", name="Tambahkan ke paket saya").click()


def fill_up(page: Page, place: str) -> None:
    """Let somebody else promise all that a place still lacks, but five."""
    page.goto(place)
    lacking = giving.figures(page.locator(".card").first)["Masih dibutuhkan"]
    page.get_by_label("Berapa paket?").fill(str(lacking - 5))
    page.get_by_role("button", name="Tambahkan ke paket saya").click()
    giving.answer(page, name="Warga Contoh Lain")
    giving.send(page)
