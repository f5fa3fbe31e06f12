"""What can be measured on a page: barriers, width, sizes, language, words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.readers import DESKTOP, PHONE

AXE: Final = Axe()
# Off by default: the smallest target of WCAG 2.2 AA (2.5.8).
RULES: Final = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
NARROW: Final = ViewportSize(width=320, height=640)
TOUCH: Final = 44
"""What a finger needs, in CSS pixels; a link within a sentence is as high as its line."""

SMALL = """least => [...document.querySelectorAll(
    "button, select, summary, textarea, .button, nav a, .tools a, .footer a, " +
    "input:not([type=hidden], [type=radio], [type=checkbox]), label:has(input)")]
  .filter(one => one.checkVisibility() && !one.classList.contains("visually-hidden"))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => Math.round(box.height) < least && !one.closest(".crumbs"))
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)}: ${Math.round(box.height)}`)"""

WORDS = """() => [
    ...document.querySelector("body").innerText.split("\\n"),
    ...[...document.querySelectorAll("[aria-label]")].map(one => one.ariaLabel),
    ...[...document.querySelectorAll("[alt]")].map(one => one.alt),
    ...[...document.querySelectorAll("option")].map(one => one.label),
    document.title,
  ].map(text => text.trim()).filter(text => text)"""


@dataclass(frozen=True, kw_only=True)
class Survey:
    """One page in one language; every list is empty on a good page, and so is `overflow`."""

    status: int
    language: str
    title: str
    barriers: list[str]
    """Violations found by axe, each with the width and the first place."""
    overflow: list[str]
    """Widths at which the page can be pushed sideways."""
    small: list[str]
    """What is too low for a finger on a phone."""
    complaints: list[str]
    """What the browser complained about."""
    words: list[str]
    """Every text of the page, also the hidden ones, line by line."""


def survey(page: Page, status: int, complaints: list[str]) -> Survey:
    """Measure the page as it stands, everything that can be unfolded unfolded."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
    taken = Survey(
        status=status,
        language=page.evaluate("() => document.documentElement.lang"),
        title=page.title(),
        barriers=[*_barriers(page, PHONE), *_barriers(page, DESKTOP)],
        overflow=[*_overflow(page, NARROW), *_overflow(page, PHONE)],
        small=page.evaluate(SMALL, TOUCH),
        words=page.evaluate(WORDS),
        complaints=complaints[:],
    )
    complaints.clear()
    return taken


def _barriers(page: Page, size: ViewportSize) -> list[str]:
    page.set_viewport_size(size)
    found = AXE.run(page, options=RULES).response["violations"]
    return [f"{size['width']} px: {_in_words(violation)}" for violation in found]


def _in_words(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    return f"{violation['id']}, {len(nodes)} times: {nodes[0]['html'][:160]}"


def _overflow(page: Page, size: ViewportSize) -> list[str]:
    page.set_viewport_size(size)
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    return [f"{wide} px wide at {size['width']} px"] if wide > size["width"] else []
