"""Journeys beside the main one: in English on a desk, a place that is full, a difference."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser import giving
from tests.browser.readers import Cast


def test_somebody_gives_in_english_from_the_page_of_a_place(desktop: Page) -> None:
    desktop.goto("/en/sasaran/?jenis=panti-asuhan&bantuan=makanan-siap-saji&terbuka=1")
    desktop.get_by_role("main").locator("li.card h3 a").first.click()
    place = desktop.get_by_role("heading", level=1).inner_text().removesuffix(" example")
    desktop.get_by_role("link", name="Give Ready meal").click()
    desktop.get_by_label("How many packages?").fill("1,0")
    desktop.get_by_role("button", name="Add to my giving list").click()
    expect(desktop.get_by_role("alert")).to_contain_text("1,0")

    desktop.get_by_label("How many packages?").fill("7")
    desktop.get_by_role("button", name="Add to my giving list").click()
    desktop.get_by_role("button", name="Continue", exact=True).click()
    desktop.get_by_label("Name of the giver").fill("Neighbours of Example Street")
    desktop.get_by_label("individual").check()
    desktop.get_by_label("Do not publish the name").check()
    desktop.get_by_label("Contact person").fill("Example Contact")
    desktop.get_by_label("Phone").fill("0812 3456 7890")
    desktop.get_by_role("button", name="Continue").click()
    desktop.get_by_label("On which day do you plan to bring it?").fill("2020-05-23")
    desktop.get_by_label("midday").check()
    desktop.get_by_role("button", name="Continue").click()
    desktop.get_by_label("I have read this, I agree").check()
    desktop.get_by_role("button", name="Continue").click()
    expect(desktop.get_by_role("main")).to_contain_text("Saturday, 23 May 2020")
    desktop.get_by_role("button", name="Send the commitment").click()

    code = desktop.locator(".panel .code").inner_text()
    desktop.goto("/en/komitmen/")
    desktop.get_by_label("Code of the commitment").fill(code.lower().replace("-", " "))
    desktop.get_by_role("button", name="Show").click()
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("Your commitment is recorded")
    expect(desktop.get_by_role("region", name="For which places")).to_contain_text(place)
    expect(desktop.get_by_role("main")).not_to_contain_text("Neighbours of Example Street")


def test_a_place_that_is_full_leads_to_the_nearest_one(phone: Page) -> None:
    phone.goto("/sasaran/?bantuan=sembako&urut=tercakup&hal=9999")
    phone.get_by_role("listitem").filter(has_text="Terpenuhi").get_by_role("link").first.click()
    full = phone.get_by_role("heading", level=1).inner_text().removesuffix(" contoh")

    near = phone.get_by_role("region", name="sudah penuh")
    instead = near.get_by_role("link").first.inner_text()
    near.get_by_role("link", name=f": bantu {instead}").first.click()
    phone.get_by_label("Berapa paket?").fill("1")
    phone.get_by_role("button", name="Tambahkan ke daftar bantuan saya").click()

    chosen = phone.get_by_role("main").get_by_role("heading", level=2).get_by_role("link")
    expect(chosen).to_have_text([instead])
    assert instead != full


def test_what_is_more_than_a_place_can_take_goes_to_the_places_close_by(plain: Page) -> None:
    plain.goto("/sasaran/?bantuan=sembako&jenis=panti-jompo&terbuka=1")
    plain.get_by_role("link", name=re.compile("^Bantu di sini")).first.click()
    plain.get_by_label("Berapa paket?").fill("1.500")
    plain.get_by_role("button", name="Tambahkan ke daftar bantuan saya").click()
    expect(plain.get_by_role("alert")).to_contain_text("masih terbuka")
    plain.get_by_role("button", name="sisanya").click()

    typed = [box.input_value() for box in plain.get_by_label("Jumlah: ").all()]
    assert sum(map(giving.number, typed)) == 1_500
    assert len(typed) > 1


def test_a_difference_the_receiver_reports_stays_visible_as_open(cast: Cast) -> None:
    giving.find_kebayoran_lama(cast.giver)
    place = giving.have_places_proposed(cast.giver, "600")
    stood = giving.figures_of_place(cast.neighbour, place)
    giving.answer(cast.giver)
    code = giving.send(cast.giver)
    giving.log_in(cast.officer)
    before = _open_differences(cast.officer)
    giving.verify(cast.officer)
    giving.accept_and_schedule(cast.officer, code)
    link = giving.hand_over(cast.officer)

    giving.confirm(cast.neighbour, link, "590")

    cast.giver.reload()
    expect(cast.giver.get_by_text("10 disalurkan, belum dikonfirmasi penerima")).to_be_visible()
    expect(cast.giver.get_by_text("sedang disalurkan", exact=True)).to_be_visible()
    assert _open_differences(cast.officer) == before + 1
    moved = giving.change(stood, giving.figures_of_place(cast.neighbour, place))
    assert (moved["Disalurkan"], moved["Diterima"]) == (600, 590)


def _open_differences(page: Page) -> int:
    page.goto("/pokja/")
    # How many come first, how many of them are overdue after it.
    return giving.number(page.get_by_role("link", name="berselisih").first.inner_text().split()[0])
