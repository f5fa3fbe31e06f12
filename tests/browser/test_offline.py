"""What stays readable when the network goes away, and what never stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import giving
from tests.browser.readers import EXPECTED, PHONE, reader
from tests.browser.serving import copied

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) {
      found.push(new URL(request.url).pathname);
    }
  }
  return found;
}"""
NO_NETWORK = "Failed to load resource: net::ERR"


@pytest.mark.parametrize(
    ("prefix", "as_of", "offline", "note"),
    [
        ("", "Keadaan per 22 Mei 2020 pukul 12.00 WIB", "Tidak ada sambungan", "tanpa sambungan"),
        ("/en", "As of 22 May 2020 at 12:00 WIB", "No connection", "You have no connection."),
    ],
)
def test_what_was_seen_can_be_read_without_network_and_says_of_when_it_is(
    prefix: str,
    as_of: str,
    offline: str,
    note: str,
    browser: Browser,
    demo_database: Path,
    tmp_path: Path,
) -> None:
    complaints: list[str] = []
    with copied(demo_database, tmp_path) as site:
        context = reader(browser, site, {"viewport": PHONE}, complaints)
        page = context.__enter__()
        settle(page, f"{prefix}/sasaran/")
        first = page.locator("section[aria-labelledby=results] li h3").first.inner_text()

    page.goto(f"{prefix}/sasaran/")
    expect(page.get_by_role("main")).to_contain_text(note)
    expect(page.get_by_role("main")).to_contain_text(as_of)

    page.goto(f"{prefix}/capaian/")
    expect(page.get_by_role("heading", level=1)).to_have_text(offline)
    expect(page.locator("#last")).to_contain_text(as_of)
    expect(page.locator("#last li h3").first).to_contain_text(first)
    expect(page.locator("#seen")).to_contain_text(as_of)
    complaints[:] = [one for one in complaints if not one.startswith((NO_NETWORK, EXPECTED))]
    context.__exit__(None, None, None)


def test_only_what_everybody_may_see_is_kept_and_logging_out_clears_it(looker: Page) -> None:
    settle(looker, "/sasaran/")
    looker.goto("/komitmen/")
    looker.goto("/bantu/")
    giving.log_in(looker)
    looker.goto("/pokja/komitmen/")
    looker.goto("/panduan/")

    kept = looker.evaluate(KEPT)
    pages = [path for path in kept if not path.startswith("/static/")]

    assert sorted(pages) == ["/en/luring/", "/luring/", "/sasaran/"]
    looker.get_by_role("button", name="Keluar").click()
    looker.wait_for_load_state()
    assert "/sasaran/" not in looker.evaluate(KEPT)


def test_the_page_can_be_installed(looker: Page) -> None:
    settle(looker, "/")
    session = looker.context.new_cdp_session(looker)

    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # The browsers of these tests leave nothing behind, which Chromium counts as one.
    assert [error["errorId"] for error in errors] == ["in-incognito"]
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/manifest.webmanifest")


def settle(page: Page, address: str) -> None:
    """Open a page twice: the first visit brings the worker, the second goes through it."""
    page.goto(address)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.goto(address)
    page.wait_for_function(
        """async path => {
          const names = (await caches.keys()).filter(one => one.startsWith("ksbb-seen-"));
          for (const name of names)
            if (await (await caches.open(name)).match(location.href)) return true;
          return false;
        }""",
        arg=address,
    )
