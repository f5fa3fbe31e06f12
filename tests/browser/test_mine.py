"""What a giver's member does on a phone, and what everybody can follow of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import giving, mine
from tests.browser.readers import PHONE, Cast, View, reader, say


@pytest.fixture(params=[True, False], ids=["with_javascript", "without_javascript"])
def member(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return the phone of somebody who acts for two donors."""
    options = {"viewport": PHONE, "java_script_enabled": request.param}
    with reader(browser, site, options) as page:  # type: ignore[arg-type]  # a plain dict
        giving.log_in(page, mine.ACCOUNT, "/saya/")
        yield page


def numbers(page: Page, place: str) -> dict[str, int]:
    """Return the numbers of the first line for a place."""
    lines = page.get_by_role("region", name=say(page, "For which places"))
    return giving.figures(lines.locator(".card", has_text=place).first)


def test_a_part_is_given_back_and_then_all_of_it(guests: Cast, view: View) -> None:
    page = guests.giver
    giving.log_in(page, mine.ACCOUNT, "/saya/")
    code = mine.code_of(mine.row(page, mine.ACCEPTED))
    page.goto(f"{view.door}saya/komitmen/{code}/")
    place = page.locator("#lines ~ .grid h3").first.inner_text()
    standing = say(page, "Still standing")
    stood = numbers(page, place)[standing]
    page.get_by_role("link", name=say(page, "Reduce or withdraw")).click()
    page.get_by_label(say(page, "Only the quantities below")).check()
    page.locator("input[name^=jumlah]").first.fill("10")
    page.get_by_label(say(page, "Why is it cancelled?")).fill("Truk kami rusak")
    page.get_by_role("button", name=say(page, "Take this back")).click()
    expect(page.get_by_role("status")).to_be_visible()
    assert numbers(page, place)[standing] == stood - 10

    page.get_by_role("link", name=say(page, "Reduce or withdraw")).click()
    page.get_by_label(say(page, "Everything not yet handed over")).check()
    page.get_by_label(say(page, "Why is it cancelled?")).fill("Berhalangan")
    page.get_by_role("button", name=say(page, "Take this back")).click()
    expect(page.get_by_role("main")).to_contain_text(say(page, "cancelled"))
    expect(page.get_by_role("main")).to_contain_text(say(page, "Nothing is held any more."))


def test_a_day_is_agreed_and_the_clock_stops(member: Page) -> None:
    row = mine.row(member, mine.ACCEPTED)
    expect(row.locator(".clock")).to_contain_text(re.compile("Sisa .* jam .* menit, sampai"))
    row.get_by_role("link", name="Catat hari yang disepakati").click()
    member.get_by_label("Hari yang disepakati").fill("2020-05-01")
    member.get_by_role("button", name="Catat hari").click()
    expect(member.get_by_role("alert")).to_be_visible()

    member.get_by_label("Hari yang disepakati").fill("2020-05-23")
    member.get_by_role("button", name="Catat hari").click()

    expect(member.get_by_role("status")).to_contain_text("Hitungan waktu berhenti")
    expect(member.locator(".clock")).to_have_count(0)
    expect(member.get_by_role("region", name="Penyaluran")).to_contain_text("Sabtu, 23 Mei 2020")


def test_the_rest_goes_elsewhere_in_one_step(member: Page) -> None:
    code = mine.code_of(mine.row(member, mine.ACCEPTED))
    member.goto(f"/saya/komitmen/{code}/")
    place = member.locator("#lines ~ .grid h3").first.inner_text()
    stood = numbers(member, place)["Masih berlaku"]
    member.get_by_role("link", name="Alihkan sisanya").first.click()
    near = member.locator("main .grid h2").first.inner_text()
    for box in member.locator("input[name^=jumlah]").all():
        box.fill("0")
    member.locator("input[name^=jumlah]").first.fill("6")
    member.get_by_role("button", name="Alihkan ke sana").click()

    expect(member.get_by_role("status")).to_contain_text("Sudah dialihkan")
    assert numbers(member, place)["Masih berlaku"] == stood - 6
    assert numbers(member, near)["Masih berlaku"] == 6


def test_what_is_left_to_others_is_taken_over(member: Page, phone: Page) -> None:
    phone.goto("/ambil-alih/")
    stood = phone.locator(".offer").count()
    mine.leave_five_to_others(member, mine.code_of(mine.row(member, mine.ACCEPTED)))

    phone.goto("/ambil-alih/")
    expect(phone.locator(".offer")).to_have_count(stood + 1)
    phone.get_by_role("button", name="Ambil alih persis ini").first.click()
    expect(phone.get_by_label("Jumlah: ")).to_have_value("5")
    giving.answer(phone, name="Warga Contoh Lima")
    giving.send(phone)

    phone.goto("/ambil-alih/")
    expect(phone.locator(".offer")).to_have_count(stood)


def test_a_delivery_is_recorded_confirmed_and_followed_until_thanks(cast: Cast) -> None:
    giving.log_in(cast.giver, mine.ACCOUNT, "/saya/")
    row = mine.row(cast.giver, mine.SCHEDULED)
    code = mine.code_of(row)
    follow = cast.neighbour
    follow.goto(f"/komitmen/?kode={code.lower()}")
    expect(follow.get_by_role("heading", name="Menunggu pemberi")).to_be_visible()

    places = 0
    while True:
        cast.giver.goto(f"/saya/komitmen/{code}/")
        button = cast.giver.locator("main .now").get_by_role("link", name="Catat penyaluran")
        if not button.count():
            break
        button.click()
        cast.giver.get_by_role("button", name="Catat penyaluran").click()
        expect(cast.giver.get_by_role("status")).to_contain_text("Penyaluran sudah dicatat")
        cast.giver.get_by_role("button", name="Buat tautan penerimaan").click()
        expect(cast.giver.get_by_role("img", name="Kode QR tautan penerimaan")).to_be_visible()
        link = cast.giver.get_by_role("textbox", name="Tautan penerimaan").input_value()
        brought = cast.giver.locator(".sheet .number", has_text=re.compile(r"^[\d.]+$")).first
        giving.confirm(cast.officer, link, brought.inner_text())
        places += 1

    follow.goto(f"/komitmen/{code}/")
    expect(follow.get_by_role("heading", name="Sudah sampai")).to_be_visible()
    follow.get_by_role("link", name="Terima kasih dan bukti").click()
    expect(follow.get_by_role("heading", name="Terima kasih", level=1)).to_be_visible()
    expect(follow.get_by_text("Semuanya sudah diterima")).to_be_visible()
    assert follow.get_by_role("main").get_by_role("heading", level=2).count() == places
