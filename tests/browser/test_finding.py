"""Finding a place: by a misspelt name, near oneself, and taking filters away again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Geolocation, Page, ViewportSize, expect

from tests.browser.readers import DESKTOP, PHONE, Options, reader

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
HERE: Geolocation = {"latitude": -6.24123, "longitude": 106.78456}


@pytest.fixture
def walker(browser: Browser, showcase: str) -> Iterator[Page]:
    """Yield the phone of somebody in the street who lets pages know where."""
    options: Options = {"viewport": PHONE, "geolocation": HERE, "permissions": ["geolocation"]}
    with reader(browser, showcase, options) as page:
        yield page


@SIZES
@pytest.mark.parametrize(
    ("door", "search", "understood"),
    [("/", "Cari", "Dipahami sebagai:"), ("/en/", "Search", "Understood as:")],
)
def test_a_misspelt_name_finds_its_place(
    size: ViewportSize, door: str, search: str, understood: str, browser: Browser, showcase: str
) -> None:
    with reader(browser, showcase, {"viewport": size}) as page:
        page.goto(f"{door}sasaran/")
        page.locator("#id_q").fill("rw 5 pondok pinnag")
        page.get_by_role("button", name=search, exact=True).click()

        expect(page.get_by_text(understood)).to_contain_text("RW 005, Kel. Pondok Pinang")
        expect(page.locator("li.card")).to_have_count(1)
        page.locator(".chips a").click()
        expect(page.locator("li.card")).to_have_count(20)


def test_near_me_sends_a_kilometre_and_no_more(walker: Page) -> None:
    asked: list[str] = []
    walker.on("request", lambda request: asked.append(request.url))
    walker.goto("/en/sasaran/")

    walker.get_by_role("button", name="Near me").click()
    walker.wait_for_url("**dekat=**")

    expect(walker.locator("li.card").first).to_contain_text("away")
    assert "dekat=-6.24%2C106.78" in walker.url
    assert [url for url in asked if "6.241" in url or "106.784" in url] == []
