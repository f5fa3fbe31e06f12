"""The map of a large book on a phone: when it answers a finger, and how smoothly it moves.

Chromium, a small screen, and a processor made four times slower. Times come from the browser: long
tasks from a PerformanceObserver, frames from the moments at which it asks for the next one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.books import address_of
from benchmarks.results import MILLISECONDS, Case, Goal
from benchmarks.server import served
from benchmarks.views import PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.sizes import Size

SLOWER: Final = 4
"""What a cheap phone takes for a second of this machine."""

ROUNDS: Final = 3
SOON: Final = 5_000
SMOOTH: Final = 50
"""Milliseconds between two pictures of which a finger notices nothing."""

MAPS: Final = {
    "every kota": "/peta/",
    "1,200 single places": "/peta/?tingkat=tempat&wilayah=31.01",
}

_WATCH: Final = """
    window.lastLong = 0;
    new PerformanceObserver(list => {
        for (const one of list.getEntries()) window.lastLong = one.startTime + one.duration;
    }).observe({type: "longtask", buffered: true});
"""
_FRAMES: Final = """() => {
    window.frames_ = [];
    let before = performance.now();
    const next = now => { window.frames_.push(now - before); before = now; window.running = true;
        if (!window.enough) requestAnimationFrame(next); };
    window.enough = false;
    requestAnimationFrame(next);
}"""
_TAKEN: Final = "() => { window.enough = true; return window.frames_.slice(1); }"
_MARK: Final = "path.mark[role=button]"


def measure(size: Size) -> Iterator[Case]:
    """Yield when the map answers, and the frames of zooming in, moving about and zooming out."""
    path = os.environ.get("KSBB_CHROMIUM") or shutil.which("chromium")
    if not path:
        return
    book = size.ends[-1]
    slowly = f"{book.targets:,} targets, processor {SLOWER} × slower"
    begins = Case(title=f"map answers: {slowly}", unit=MILLISECONDS)
    moves = Case(title=f"between two frames: {slowly}", unit=MILLISECONDS)
    with tempfile.TemporaryDirectory() as files, served(address_of(book), Path(files)) as port:
        for name, address in MAPS.items():
            for _ in range(min(ROUNDS, size.rounds)):
                answers, frames = _tried(path, f"http://127.0.0.1:{port}{address}")
                begins.rounds.setdefault(name, []).append(answers)
                moves.rounds.setdefault(name, []).append(median(frames))
                moves.p95_ms.setdefault(name, []).append(quantiles(frames, n=20)[-1])
            begins.goals.append(Goal(name, at_most=SOON))
            moves.goals.append(Goal(name, at_most=SMOOTH))
    yield begins
    yield moves


def _tried(path: str, address: str) -> tuple[float, list[float]]:
    """Open a map in a new browser; return when it answers and the frames, in milliseconds."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            page = _opened(browser, address)
            answers = float(page.evaluate("() => Math.max(window.lastLong, window.shown)"))
            page.evaluate(_FRAMES)
            _move(page)
            frames: list[float] = page.evaluate(_TAKEN)
        finally:
            browser.close()
    return answers, frames


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": PHONE["width"], "height": PHONE["height"]})
    page.add_init_script(_WATCH)
    session: Any = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    page.wait_for_selector(_MARK, state="attached", timeout=60_000)
    page.evaluate("() => { window.shown = performance.now(); }")
    page.wait_for_load_state("networkidle")
    page.locator("#atlas").scroll_into_view_if_needed()
    return page


def _move(page: Page) -> None:
    """Zoom in twice, drag the map about, zoom out again."""
    box = page.locator("#atlas").bounding_box()
    assert box
    middle, height = box["x"] + box["width"] / 2, box["y"] + min(box["height"], 300) / 2
    for button in ("in", "in"):
        page.locator(f".leaflet-control-zoom-{button}").click()
        page.wait_for_timeout(600)
    for across, down in ((120, 40), (-140, 30), (90, -80), (-60, 60)):
        page.mouse.move(middle, height)
        page.mouse.down()
        page.mouse.move(middle + across, height + down, steps=20)
        page.mouse.up()
        page.wait_for_timeout(300)
    for button in ("out", "out"):
        page.locator(f".leaflet-control-zoom-{button}").click()
        page.wait_for_timeout(600)
