"""Journeys with an account, a basket, and a session that dies."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import giving
from tests.browser.readers import Cast, View, say

LIST = "sasaran/?wilayah=31.74.05&bantuan=sembako&fase=4&jenis=rw&terbuka=1"


def test_somebody_signs_up_in_the_middle_of_giving_and_loses_nothing(
    guests: Cast, view: View
) -> None:
    page = guests.giver
    page.goto(f"{view.door}bantu/?wilayah=31.74.05")
    page.get_by_label(say(page, "How many packages?")).fill("25")
    page.get_by_role("button", name=say(page, "Propose places")).click()
    page.get_by_role("button", name=say(page, "Put these into my giving list")).click()
    giving.go_on(page)
    page.get_by_label(say(page, "Name of the giver")).fill("Warga Jalan Contoh")
    page.get_by_label(say(page, "individual")).check()
    page.get_by_label(say(page, "Contact person")).fill("Siti Contoh")
    page.get_by_label(say(page, "E-mail address")).fill("siti@example.org")
    first = say(page, "Log in or sign up first; what I typed stays")
    page.get_by_role("button", name=first).click()
    giving.type_code(page)

    name = page.get_by_label(say(page, "Name of the giver"))
    expect(name).to_have_value("Warga Jalan Contoh")
    expect(page.get_by_label(say(page, "individual"))).to_be_checked()
    giving.go_on(page)
    giving.plan_and_agree(page)
    giving.send(page)

    page.goto(f"{view.door}akun/")
    page.get_by_role("link", name="Warga Jalan Contoh").click()
    expect(page.get_by_role("main")).to_contain_text(say(page, "owner"))


def test_a_basket_of_three_places_of_which_somebody_else_fills_one(
    guests: Cast, view: View
) -> None:
    page = guests.giver
    places = open_places(page, view, 3)
    for place in places:
        add(page, place, "20")
    giving.answer(page)
    fill_up(guests.neighbour, places[1])

    page.get_by_role("button", name=say(page, "Send the commitment")).click()

    only = say(page, "%(place)s: only %(open)s still open.").split("%(open)s")[1]
    expect(page.get_by_role("alert")).to_contain_text(only)
    quantities = page.locator("main input[name^=jumlah-]")
    assert [box.input_value() for box in quantities.all()] == ["20", "20", "20"]
    while page.locator("button[name=pindah]").count():
        page.locator("button[name=pindah]").first.click()
    typed = [giving.number(box.input_value()) for box in quantities.all()]
    assert (sum(typed), typed.count(20)) == (60, 2)
    giving.go_on(page)
    code = giving.send(page)

    follow(guests.neighbour, view, code)


def test_a_dead_session_keeps_what_was_typed(phone: Page) -> None:
    phone.goto("/bantu/?wilayah=31.74.05")
    phone.get_by_label("Berapa paket?").fill("25")
    phone.get_by_role("button", name="Usulkan sasaran").click()
    phone.get_by_role("button", name="Masukkan ke daftar bantuan saya").click()
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
    phone.goto(f"/{LIST}")
    giving.have_places_proposed(phone, "25")
    giving.answer(phone)

    phone.goto(f"/bantu/{page}/")
    giving.go_on(phone)

    expect(phone.get_by_role("heading", name="Periksa jawaban Anda")).to_be_visible()


def open_places(page: Page, view: View, count: int) -> list[str]:
    """Return the addresses for giving to the first open places of the list."""
    page.goto(f"{view.door}{LIST}")
    links = page.get_by_role("main").locator(f"a[href^='{view.door}bantu/?sasaran=']")
    return [links.nth(one).get_attribute("href") or "" for one in range(count)]


def add(page: Page, place: str, quantity: str) -> None:
    """Put a place into the package."""
    page.goto(place)
    page.get_by_label(say(page, "How many packages?")).fill(quantity)
    page.get_by_role("button", name=say(page, "Add to my giving list")).click()


def fill_up(page: Page, place: str) -> None:
    """Let somebody else promise all that a place still lacks, but five."""
    page.goto(place)
    lacking = giving.figures(page.locator(".card").first)[say(page, "Still missing")]
    add(page, place, str(lacking - 5))
    giving.answer(page, name="Warga Contoh Lain")
    giving.send(page)


def follow(page: Page, view: View, code: str) -> None:
    """Find a commitment by its code as somebody without any account."""
    page.goto(f"{view.door}komitmen/")
    field = page.get_by_label(say(page, "Code of the commitment, the gift or the report"))
    field.fill(code.lower().replace("-", " "))
    page.get_by_role("button", name=say(page, "Show"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)
    expect(page.get_by_role("heading", name=say(page, "Progress"))).to_be_visible()
