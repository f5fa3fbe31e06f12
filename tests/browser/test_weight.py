"""What a page costs somebody who pays for each megabyte."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Request

from tests.browser.readers import PHONE, reader

FIRST_VIEW_BYTES = 150_000
MAIN_PAGES = (
    "/",
    "/en/",
    "/sasaran/",
    "/sasaran/31.74.05.1005.007/",
    "/peta/",
    "/bantu/",
    "/capaian/",
    "/kolaborator/",
    "/panduan/",
    "/komitmen/",
)


@pytest.mark.parametrize("address", MAIN_PAGES)
def test_the_first_view_of_a_main_page_is_light(
    address: str, browser: Browser, showcase: str
) -> None:
    finished: list[Request] = []

    def keep(request: Request) -> None:
        finished.append(request)

    with reader(browser, showcase, {"viewport": PHONE}) as page:
        page.on("requestfinished", keep)
        page.goto(address, wait_until="networkidle")
        weights = [weight(request) for request in finished]

    assert len(weights) > 1
    assert sum(weights) < FIRST_VIEW_BYTES


def weight(request: Request) -> int:
    """Return the bytes of the answer over the wire, its head included."""
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]
