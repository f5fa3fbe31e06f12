"""The map in Chromium: by keyboard, beside its table, with outlines, on a phone that scrolls."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Geolocation, Locator, Page, Route, expect

from tests.browser.readers import DESKTOP, PHONE, Options, reader
from tests.browser.serving import KSBB, copied, demo, served
from tests.browser.survey import survey

NAMES = {"id": ("Lihat lebih dekat", "Buka halaman sasaran ini"), "en": ("Look inside", "Open the")}

# What the table says, row by row: code, still missing, and how much is covered.
ROWS = """() => [...document.querySelectorAll("#map-table tbody tr")].map(row =>
    [row.dataset.code, ...[...row.querySelectorAll("td")].map(cell => cell.innerText.trim())])"""

# What was fetched for the drawing at the address of now, in the words of the table.
FETCHED = """async () => {
    const {level, marks} = document.querySelector("#atlas").dataset;
    const address = marks.replace("LEVEL", level) + location.search;
    const told = await (await fetch(address)).json();
    const say = number => number.toLocaleString("id-ID");
    return told.rows.map(([code, , , , need, committed, open]) =>
        [code, open ? say(open) : "✓ Penuh", say(need), say(committed)]);
}"""

WHERE = """() => ({
    page: scrollY, map: document.querySelector(".leaflet-map-pane").style.cssText
})"""


@pytest.fixture
def site(showcase: str) -> str:
    return showcase


# Names that are cut off, or lie on a mark or on another name; a pixel is nothing to see.
COVERING = """() => {
    const map = document.querySelector("#map");
    const box = one => one.getBoundingClientRect();
    const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
        && one.top < other.bottom - 1 && other.top < one.bottom - 1;
    const names = [...map.querySelectorAll(".mark-name")].filter(name => name.offsetWidth);
    const marks = [...map.querySelectorAll("path.mark, path.mark--here")];
    const frame = box(map);
    return names.filter(name => {
        const {left, top, right, bottom} = box(name);
        return left < frame.left || top < frame.top || right > frame.right || bottom > frame.bottom
            || [...marks, ...names].some(one => one !== name && meet(box(one), box(name)));
    }).map(name => name.innerText);
}"""
PROPOSAL = (
    "/bantu/usulan/?bantuan=sembako&fase=4&jumlah=1500&dekat=31.74.05&jauh=5&tujuan=8&minimal=50"
)


def marks(page: Page) -> Locator:
    return page.locator("path.mark[role=button]")


def open_map(page: Page, query: str = "") -> None:
    page.goto(f"/peta/{query}")
    expect(marks(page).first).to_be_visible()


def tab_to(page: Page, goal: str) -> None:
    """Press Tab until what has the focus matches the goal; no more often than a page has stops."""
    for _ in range(150):
        if page.evaluate("goal => document.activeElement.matches(goal)", goal):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never comes to {goal}")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_the_city_to_the_page_of_a_place_by_keyboard_alone(
    language: str, size: Any, browser: Browser, showcase: str
) -> None:
    inside, place = NAMES[language]
    with reader(browser, showcase, {"viewport": size}) as page:
        page.goto("/en/peta/" if language == "en" else "/peta/")
        expect(marks(page).first).to_be_visible()
        tab_to(page, "path.mark")
        for depth in (5, 8, 13):
            page.keyboard.press("ArrowRight")
            chosen = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
            page.keyboard.press("Enter")
            expect(page.locator("#map-panel-name")).to_be_focused()
            assert chosen.startswith(page.locator("#map-panel-name").inner_text())
            page.keyboard.press("Tab")
            expect(page.get_by_role("link", name=inside)).to_be_focused()
            page.keyboard.press("Enter")
            page.wait_for_url(re.compile(rf"wilayah=[\d.]{{{depth}}}(&|$)"))
            expect(marks(page).first).to_be_focused()

        page.keyboard.press("Enter")
        name = page.locator("#map-panel-name").inner_text()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=place)).to_be_focused()
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_escape_goes_back_to_the_mark_and_the_focus_leaves_the_map(phone: Page) -> None:
    open_map(phone)
    tab_to(phone, "path.mark")
    phone.keyboard.press("End")
    name = phone.evaluate("() => document.activeElement.getAttribute('aria-label')")

    phone.keyboard.press("Enter")
    expect(phone.locator("#map-panel")).to_be_visible()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Escape")

    expect(phone.locator("#map-panel")).to_be_hidden()
    assert phone.evaluate("() => document.activeElement.getAttribute('aria-label')") == name
    tab_to(phone, "#map-table a")
    tab_to(phone, "footer a")


def test_an_open_panel_and_the_focus_outlive_that_the_map_fetches_what_lies_beside(
    desktop: Page,
) -> None:
    open_map(desktop, "?wilayah=31.71&tingkat=tempat")
    for _ in range(3):
        desktop.get_by_role("button", name="Perbesar").click()
        desktop.wait_for_timeout(400)
    desktop.wait_for_load_state("networkidle")
    marks(desktop).first.focus()

    with desktop.expect_response(re.compile("/peta/data/tempat.json.*kotak=")):
        for _ in range(12):
            desktop.keyboard.press("ArrowDown")
    desktop.wait_for_load_state("networkidle")
    name = desktop.evaluate("() => document.activeElement.getAttribute('aria-label')")
    desktop.keyboard.press("Enter")
    desktop.wait_for_load_state("networkidle")

    assert name.startswith(desktop.locator("#map-panel-name").inner_text())
    expect(desktop.locator("path.mark--chosen")).to_have_count(1)
    desktop.keyboard.press("Escape")
    assert desktop.evaluate("() => document.activeElement.getAttribute('aria-label')") == name


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ["/peta/", "/peta/?tingkat=kecamatan", PROPOSAL])
def test_no_name_on_a_map_is_cut_off_or_covers_a_mark_or_another_name(
    address: str, width: int, browser: Browser, showcase: str
) -> None:
    with reader(browser, showcase, {"viewport": {"width": width, "height": 740}}) as page:
        # Nothing is on its way while it is measured.
        page.emulate_media(reduced_motion="reduce")
        page.goto(address)
        expect(marks(page).first).to_be_visible()

        assert page.locator(".mark-name:visible").count() > 3
        assert page.evaluate(COVERING) == []
        page.get_by_role("button", name="Perkecil").click()
        page.wait_for_load_state("networkidle")
        assert page.evaluate(COVERING) == []


@pytest.mark.parametrize("query", ["", "?wilayah=31.74&urut=tercakup", "?wilayah=31.01.01.1001"])
def test_the_table_says_what_the_map_was_drawn_from(query: str, desktop: Page) -> None:
    open_map(desktop, query)

    fetched = desktop.evaluate(FETCHED)
    shown = [[*row[:2], *row[3:5]] for row in desktop.evaluate(ROWS)]

    assert shown == fetched
    assert marks(desktop).count() == len(fetched)


def test_zooming_in_shows_smaller_areas_and_the_table_follows(desktop: Page) -> None:
    open_map(desktop)
    expect(marks(desktop)).to_have_count(6)

    desktop.get_by_role("button", name="Perbesar").click()

    expect(marks(desktop)).to_have_count(44)
    expect(desktop.locator("#map-table tbody tr")).to_have_count(44)
    assert "tingkat=kecamatan" in desktop.url
    desktop.get_by_role("button", name="Perkecil").click()
    expect(marks(desktop)).to_have_count(6)
    expect(desktop.locator("#map-table tbody tr")).to_have_count(6)


def test_a_link_of_the_table_moves_the_map_and_back_comes_back(desktop: Page) -> None:
    open_map(desktop, "?jenis=rw")

    desktop.locator("#map-table").get_by_role("link", name="Jakarta Selatan").click()

    expect(marks(desktop)).to_have_count(10)
    expect(desktop.get_by_role("heading", name="Kecamatan di Jakarta Selatan")).to_be_visible()
    expect(desktop.get_by_label("Wilayah", exact=True)).to_have_value("31.74")
    assert "jenis=rw" in desktop.url
    desktop.go_back()
    expect(marks(desktop)).to_have_count(6)


def test_without_javascript_the_table_leads_to_a_place(plain: Page) -> None:
    plain.goto("/peta/")
    expect(plain.locator("#atlas")).to_be_hidden()

    for name in ("Jakarta Selatan", "Kebayoran Lama", "Pondok Pinang"):
        plain.locator("#map-table").get_by_role("link", name=name).first.click()
    plain.locator("#map-table tbody").get_by_role("link").first.click()

    expect(plain.get_by_role("heading", level=1)).to_contain_text("Pondok Pinang")


def test_a_finger_on_the_map_scrolls_the_page(browser: Browser, showcase: str) -> None:
    with reader(browser, showcase, {"viewport": PHONE, "has_touch": True}) as page:
        open_map(page)
        page.locator("#map").scroll_into_view_if_needed()
        box = page.locator("#map").bounding_box()
        assert box
        before = page.evaluate(WHERE)

        swipe(page, box["x"] + box["width"] / 2, box["y"] + 300, up=200)

        after = page.evaluate(WHERE)
        assert after["page"] - before["page"] > 100, "the page stands still"
        assert after["map"] == before["map"]


def swipe(page: Page, x: float, y: float, *, up: int) -> None:
    """Draw one finger up over the page, as many pixels, and wait until it has come to rest."""
    touch = page.context.new_cdp_session(page)
    steps = [y - up * step / 10 for step in range(11)]
    for number, height in enumerate(steps):
        kind = "touchMove" if number else "touchStart"
        points = [{"x": x, "y": height}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(500)


def test_the_position_stays_on_the_device_until_a_list_near_it_is_asked_for(phone: Page) -> None:
    asked: list[str] = []
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": -6.234567, "longitude": 106.781234})
    open_map(phone)
    phone.wait_for_load_state("networkidle")
    phone.on("request", lambda request: asked.append(request.url))

    phone.get_by_role("button", name="Dekat saya").click()

    expect(phone.get_by_text("Posisi Anda tetap di perangkat ini.")).to_be_visible()
    phone.wait_for_load_state("networkidle")
    assert asked == []
    phone.get_by_role("link", name="Daftar sasaran di dekat saya").click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert "dekat=-6.23%2C106.78" in phone.url


STREETS = "http://tiles.example.id/{z}/{x}/{y}.png"


@pytest.fixture(scope="module")
def with_streets(demo_database: Path) -> Iterator[str]:
    """Yield the address of a demo whose operator has named a host of streets."""
    tiles = {"KSBB_TILE_URL": STREETS, "KSBB_TILE_ATTRIBUTION": "© Contoh"}
    with served(demo_database, **tiles) as address:
        yield address


def streets_asked_for(browser: Browser, site: str, position: Geolocation) -> set[str]:
    """Ask for “near me” on the map, and return what was asked of another host for it."""
    options: Options = {
        "viewport": PHONE,
        "geolocation": position,
        "permissions": ["geolocation"],
    }
    complaints: list[str] = []
    with reader(browser, site, options, complaints) as page:
        page.context.route("http://tiles.example.id/**", picture)
        open_map(page)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_text("© Contoh")).to_be_visible()
        complaints.clear()
        page.get_by_role("button", name="Dekat saya").click()
        expect(page.get_by_text("dibulatkan ke satu kilometer.")).to_be_visible()
        page.wait_for_load_state("networkidle")
        asked = set(complaints)
        complaints.clear()
    return asked


def picture(route: Route) -> None:
    route.fulfill(content_type="image/svg+xml", body="<svg xmlns='http://www.w3.org/2000/svg'/>")


def test_streets_are_asked_of_the_named_host_alone_and_never_around_the_exact_position(
    browser: Browser, with_streets: str
) -> None:
    here: Geolocation = {"latitude": -6.3349, "longitude": 106.8351}
    there: Geolocation = {"latitude": -6.3251, "longitude": 106.8449}

    asked = streets_asked_for(browser, with_streets, here)

    host = "asked another host: http://tiles.example.id"
    assert {complaint.rsplit("/", 3)[0] for complaint in asked} == {host}
    assert streets_asked_for(browser, with_streets, there) == asked


@pytest.fixture(scope="module")
def outlined(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a demo with outlines: squares around each city."""
    folder = tmp_path_factory.mktemp("outlined")
    squares = {"31.71": (106.8, -6.2), "31.73": (106.7, -6.2), "31.74": (106.76, -6.32)}
    features = [
        {
            "type": "Feature",
            "properties": {"kode": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y]]],
            },
        }
        for code, (x, y) in squares.items()
    ]
    file = folder / "batas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    options = ["--licence", "CC0", "--as-of", "2020-04-01", "--source", "Contoh"]
    command = [str(KSBB), "import_boundaries", str(file), *options]
    with copied(demo_database, folder) as address:
        subprocess.run(command, env=demo(folder / "demo.sqlite3"), check=True)  # noqa: S603 - ours
        yield address


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_drawn_map_with_outlines_and_an_open_panel_has_no_barrier(
    language: str, outlined: str, browser: Browser
) -> None:
    complaints: list[str] = []
    with reader(browser, outlined, {"viewport": PHONE}, complaints) as page:
        page.goto("/en/peta/" if language == "en" else "/peta/")
        expect(page.locator("path.outline[class*=grade]")).to_have_count(3)
        closed = survey(page, 200, complaints)
        page.set_viewport_size(DESKTOP)
        marks(page).nth(1).focus()
        page.keyboard.press("Enter")
        expect(page.locator("#map-panel")).to_be_visible()
        opened = survey(page, 200, complaints)

        assert closed.barriers + opened.barriers == []
        assert closed.overflow + opened.overflow == []
        assert closed.small + opened.small == []
        assert closed.complaints + opened.complaints == []
        expect(page.get_by_text("CC0")).to_be_visible()
