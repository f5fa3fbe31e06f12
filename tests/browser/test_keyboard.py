"""Giving with the keyboard alone: the order is that of the page, and the focus can be seen."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import giving

FOCUS = """() => {
    const one = document.activeElement;
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return {
        place: [...document.querySelectorAll("*")].indexOf(one),
        name: one.innerText || one.labels?.[0]?.innerText || one.name || one.tagName,
        seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
            // A browser scrolls by whole pixels.
            && box.width > 0 && box.top > -1 && box.bottom < innerHeight + 1,
    };
}"""


def test_the_focus_walks_down_the_page_and_can_always_be_seen(looker: Page) -> None:
    looker.goto("/bantu/")

    stops = walk(looker)

    assert stops[0]["name"] == "Langsung ke isi"
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    assert stops == sorted(stops, key=lambda stop: int(str(stop["place"])))


def test_the_list_of_mistakes_takes_the_focus_and_leads_to_each_of_them(phone: Page) -> None:
    giving.find_kebayoran_lama(phone)
    giving.have_places_proposed(phone, "25")
    giving.go_on(phone)

    giving.go_on(phone)

    expect(phone.get_by_role("alert")).to_be_focused()
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("link", name="Tulis nama pemberi.")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.get_by_label("Nama pemberi")).to_be_focused()


def test_the_first_key_leads_past_the_head_of_the_page(looker: Page) -> None:
    looker.goto("/panduan/")

    looker.keyboard.press("Tab")
    looker.keyboard.press("Enter")
    looker.keyboard.press("Tab")

    expect(looker.get_by_role("main").get_by_role("link").first).to_be_focused()


def test_a_commitment_is_made_without_a_pointer(phone: Page) -> None:
    phone.goto("/bantu/?wilayah=31.74.05")
    keys(phone, "#id_jumlah", "25", "Enter")
    keys(phone, "main .button--give", "Enter")
    keys(phone, "input[name^=jumlah]", "Enter")
    keys(phone, "[name=nama]", "Warga Contoh", "Tab", "Space")
    keys(phone, "[name=kontak]", "Contoh Kontak", "Tab", "kontak@example.org", "Enter")
    # How a day is typed depends on the browser's own language.
    phone.get_by_label("Pada hari apa Anda berencana mengantarnya?").fill("2020-05-23")
    keys(phone, "[name=waktu]", "Space", "ArrowDown", "Enter")
    keys(phone, "[name=setuju]", "Space", "Enter")
    keys(phone, "main .actions button", "Enter")

    expect(phone.get_by_role("heading", name="Komitmen Anda tercatat")).to_be_visible()


def walk(page: Page) -> list[dict[str, object]]:
    """Press Tab until the focus leaves the page; return where it was."""
    stops: list[dict[str, object]] = []
    page.keyboard.press("Tab")
    while page.evaluate("() => document.activeElement !== document.body"):
        stops.append(page.evaluate(FOCUS))
        page.keyboard.press("Tab")
    return stops


def keys(page: Page, goal: str, *pressed: str) -> None:
    """Press Tab until the goal has the focus, then the keys; Enter sends, a text is typed."""
    while not page.evaluate("goal => document.activeElement.matches(goal)", goal):
        page.keyboard.press("Tab")
    for key in pressed:
        if key == "Enter":
            with page.expect_navigation():
                page.keyboard.press(key)
        elif key in {"Space", "Tab", "ArrowDown"}:
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)
