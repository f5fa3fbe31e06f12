"""The first view of a page on a phone with a slow network: requests, bytes, milliseconds."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import Browser, Request, sync_playwright

from benchmarks.books import address_of
from benchmarks.results import MILLISECONDS, Case, Goal
from benchmarks.server import served
from ksbb.needs.models import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.sizes import Size

PHONE: Final = {"width": 360, "height": 740}
SLOW_3G: Final = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
"""400 kbit/s with 400 ms for each way there and back."""

PAGES: Final = {
    "home": "/",
    "list": "/sasaran/",
    "place": "/sasaran/{code}/",
    "map": "/peta/",
    "achievement": "/capaian/",
    "giving": "/bantu/",
}
SOON: Final = 3_000
"""Milliseconds."""
ROUNDS: Final = 3

_PAINTED: Final = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
# Painted, and the document whole: it can be read and its links and forms work.
_USABLE: Final = """() => {
  const [entry] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return Math.max(paint.startTime, entry.domContentLoadedEventEnd);
}"""
# The moment at which the first mark stands on the map and can be chosen.
_WATCH: Final = """
  new MutationObserver((_, watch) => {
    if (!document.querySelector("path.mark[role=button]")) return;
    window.drawn = performance.now();
    watch.disconnect();
  }).observe(document, {childList: true, subtree: true, attributes: true});
"""


def measure(size: Size) -> Iterator[Case]:
    """Yield requests, bytes and milliseconds of the pages, each seen for the first time."""
    url = address_of(size.ends[0])
    code = Target.objects.order_by("pk").values_list("code", flat=True)[0]
    cases = {
        unit: Case(title=f"first view, {unit}", unit=unit)
        for unit in ("requests", "bytes over the wire", "ms until usable on slow 3G")
    }
    drawn = Case(title="first view, ms until the map is drawn on slow 3G", unit=MILLISECONDS)
    path = os.environ.get("KSBB_CHROMIUM") or shutil.which("chromium")
    if not path:
        return
    with tempfile.TemporaryDirectory() as files, served(url, Path(files)) as port:
        for name, address in PAGES.items():
            there = f"http://127.0.0.1:{port}{address.format(code=code)}"
            for _ in range(min(ROUNDS, size.rounds)):
                *seen, marked = _seen(path, there)
                for case, value in zip(cases.values(), seen, strict=True):
                    case.rounds.setdefault(name, []).append(value)
                if marked is not None:
                    drawn.rounds.setdefault(name, []).append(marked)
    usable = list(cases.values())[-1]
    usable.goals = [Goal(name, at_most=SOON) for name in ("home", "list", "place")]
    drawn.goals = [Goal("map", at_most=SOON)]
    yield from (*cases.values(), drawn)


def _seen(path: str, address: str) -> tuple[float, float, float, float | None]:
    """Open a page in a new browser; return requests, bytes, and when it is usable and drawn."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            return _look(browser, address)
        finally:
            browser.close()


def _look(browser: Browser, address: str) -> tuple[float, float, float, float | None]:
    page = browser.new_page(viewport=PHONE, service_workers="block")
    page.add_init_script(_WATCH)
    finished: list[Request] = []

    def keep(request: Request) -> None:
        finished.append(request)

    page.on("requestfinished", keep)
    network: Any = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW_3G)
    page.goto(address, wait_until="networkidle", timeout=60_000)
    page.wait_for_function(_PAINTED)
    usable = float(page.evaluate(_USABLE))
    sizes = [request.sizes() for request in finished]
    weight = sum(one["responseHeadersSize"] + one["responseBodySize"] for one in sizes)
    if page.locator("#atlas").count():
        page.wait_for_function("() => window.drawn")
    drawn: float | None = page.evaluate("() => window.drawn ?? null")
    return len(finished), weight, usable, drawn
