"""What can be measured on a page: barriers, width, sizes, language, words."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.readers import DESKTOP, PHONE

Scheme = Literal["light", "dark"]

AXE: Final = Axe().axe_script
# Off by default: the smallest target of WCAG 2.2 AA (2.5.8).
RULES: Final = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# Only what is wrong comes back: what is right is a thousand times as long.
RUN: Final = "rules => axe.run(document, rules).then(found => found.violations)"
FULL: Final = os.environ.get("KSBB_SURVEY") == "full"
"""Whether each language is looked at in every width and light; takes twice as long."""

SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
WIDTHS: Final = (320, 360, 640, 768, 1280, 1920)
TEXT: Final = 16
"""The smallest text, in CSS pixels."""

TOUCH: Final = 44
"""What a finger needs, in CSS pixels; a link within a sentence is as high as its line."""

SMALL = """least => [...document.querySelectorAll(
    "button, select, summary, textarea, .button, nav a, .tools a, .footer a, " +
    "input:not([type=hidden], [type=radio], [type=checkbox]), label:has(input)")]
  .filter(one => one.checkVisibility() && !one.classList.contains("visually-hidden"))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => Math.round(box.height) < least && !one.closest(".crumbs"))
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)}: ${Math.round(box.height)}`)"""

TINY = """least => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), around = walker.currentNode.parentElement;
    if (!text || around.closest("script") || !around.checkVisibility() ||
        around.closest(".visually-hidden")) continue;
    const size = parseFloat(getComputedStyle(around).fontSize);
    if (size < least - 0.01) found.push(`${text.slice(0, 40)}: ${size}`);
  }
  return found;
}"""

LEAST: Final = 24
"""What WCAG 2.2 AA (2.5.8) asks of everything that can be pressed, in CSS pixels."""

# Links within a sentence are as high as their line; what is smaller may stand alone in its circle.
CROWDED = """least => {
  const pressed = [...document.querySelectorAll(
      "a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(one => one.checkVisibility() && !one.closest(".visually-hidden, .skip"))
    .map(one => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width);
  const far = (x, y, box) => Math.hypot(
    Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  const inText = one => getComputedStyle(one).display === "inline" &&
    [...one.parentElement.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  return pressed.filter(([one, box]) =>
      Math.min(box.width, box.height) < least - 0.5 && !inText(one) &&
      pressed.some(([other, next]) => other !== one && !other.contains(one) &&
        far(box.x + box.width / 2, box.y + box.height / 2, next) < least / 2))
    .map(([one, box]) =>
      `${one.outerHTML.slice(0, 90)}: ${Math.round(box.width)} × ${Math.round(box.height)}`);
}"""

HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter(one => one.checkVisibility()).map(one => Number(one.tagName[1]))"""

# What WCAG 2.2 AA (1.4.12) lets a reader do to every text.
LOOSE = """() => {
  document.querySelectorAll("body *").forEach(one => Object.assign(one.style, {
    lineHeight: "1.5", letterSpacing: "0.12em", wordSpacing: "0.16em"}));
  document.querySelectorAll("p").forEach(one => { one.style.marginBottom = "2em"; });
}"""

CUT = """() => [...document.querySelectorAll("body *")]
  .filter(one => getComputedStyle(one).overflowX === "hidden" && one.clientWidth > 1 &&
    !one.closest("svg, .leaflet-container, .visually-hidden") &&
    one.scrollWidth > one.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 90))"""

# Names of a kind that are real, and numbers of a large country.
LONG = """() => {
  const name = " Perhimpunan Keluargabesarpemberdayaanmasyarakatcempakaputih Sejahtera";
  const walker = document.createTreeWalker(
    document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, around = node.parentElement, text = node.data.trim();
    if (!text || around.closest("script, .badge, .button, .code")) continue;
    if (/^[0-9.,]+$/.test(text)) node.data = "1.234.567.890";
    else if (around.closest(".number")) continue;
    else if (around.closest("h1, h2, h3, a, dd, td, th, label")) node.data += name;
  }
}"""

# Words marked as not to be translated are names of machines: columns, hashtags.
WORDS = """() => { const kept = new Set(
    [...document.querySelectorAll("[translate=no]")].map(one => one.innerText.trim()));
  return [
    ...document.querySelector("body").innerText.split("\\n"),
    ...[...document.querySelectorAll("[aria-label]")].map(one => one.ariaLabel),
    ...[...document.querySelectorAll("[alt]")].map(one => one.alt),
    ...[...document.querySelectorAll("option")].map(one => one.label),
    document.title,
  ].map(text => text.trim()).filter(text => text && !kept.has(text)); }"""


@dataclass(frozen=True, kw_only=True)
class Survey:
    """One page in one language; every list is empty on a good page, and so is `overflow`."""

    status: int
    language: str
    title: str
    barriers: list[str]
    """Violations found by axe, each with the width, the light and the first place."""
    overflow: list[str]
    """Widths at which the page can be pushed sideways, also with letters twice as large."""
    tiny: list[str]
    """Text that is smaller than it should be."""
    crowded: list[str]
    """What is small and so close to the next thing that the wrong one is pressed."""
    headings: list[str]
    """Headings that skip a level, and a first heading that is missing or there twice."""
    loose: list[str]
    """What is cut off or pushed aside when a reader spaces the text out."""
    stretched: list[str]
    """Widths at which long names and large numbers push the page sideways."""
    small: list[str]
    """What is too low for a finger on a phone."""
    complaints: list[str]
    """What the browser complained about."""
    words: list[str]
    """Every text of the page, also the hidden ones, line by line."""


def survey(page: Page, status: int, complaints: list[str]) -> Survey:
    """Measure the page as it stands, everything that can be unfolded unfolded."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
    language = page.evaluate("() => document.documentElement.lang")
    taken = Survey(
        status=status,
        language=language,
        title=page.title(),
        barriers=_barriers(page, language),
        overflow=[*_overflow(page, language), *_overflow_of_large_letters(page)],
        tiny=page.evaluate(TINY, TEXT),
        small=page.evaluate(SMALL, TOUCH),
        crowded=page.evaluate(CROWDED, LEAST),
        headings=_out_of_order(page.evaluate(HEADINGS)),
        words=page.evaluate(WORDS),
        complaints=complaints[:],
        # The last ones, because they change the page.
        stretched=_stretched(page),
        loose=_loose(page),
    )
    complaints.clear()
    return taken


def _barriers(page: Page, language: str) -> list[str]:
    """Look at both widths, in the light and in the dark.

    Looking takes longer than all else together, so the languages share it: a phone in daylight
    in Indonesian, a desk in the dark in English. With KSBB_SURVEY=full each sees everything.
    """
    page.evaluate(AXE)
    looks = list(product((PHONE, DESKTOP), SCHEMES))
    found = []
    for size, scheme in looks if FULL else [looks[0 if language == "id" else -1]]:
        # Colours that are still on their way from one light to the other would be judged too.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}, {barrier}" for barrier in _violations(page, size)]
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return found


def _violations(page: Page, size: ViewportSize) -> list[str]:
    page.set_viewport_size(size)
    return [f"{size['width']} px: {_in_words(one)}" for one in page.evaluate(RUN, RULES)]


def _in_words(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    return f"{violation['id']}, {len(nodes)} times: {nodes[0]['html'][:160]}"


def _overflow(page: Page, language: str) -> list[str]:
    """Try every width with the longer words, those of Indonesian, and the ends with the others."""
    widths = WIDTHS if FULL or language == "id" else (WIDTHS[0], WIDTHS[-1])
    return [wide for width in widths if (wide := _pushed(page, width))]


def _overflow_of_large_letters(page: Page) -> list[str]:
    """Double the letters alone; doubling everything leaves half the width, which is tried too."""
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    wide = _pushed(page, DESKTOP["width"])
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    page.set_viewport_size(PHONE)
    return [f"large letters: {wide}"] if wide else []


def _out_of_order(levels: list[int]) -> list[str]:
    steps = zip([0, *levels], levels, strict=False)
    skipped = [f"h{above} is followed by h{level}" for above, level in steps if level > above + 1]
    return skipped if levels.count(1) == 1 else [*skipped, f"{levels.count(1)} first headings"]


def _stretched(page: Page) -> list[str]:
    page.evaluate(LONG)
    return [wide for width in (320, 1280) if (wide := _pushed(page, width))]


def _loose(page: Page) -> list[str]:
    """Space the text out; the style comes from a script, as a reader's extension does it."""
    page.evaluate(LOOSE)
    wide = _pushed(page, 320)
    return [*page.evaluate(CUT), *([wide] if wide else [])]


def _pushed(page: Page, width: int) -> str:
    page.set_viewport_size(ViewportSize(width=width, height=PHONE["height"]))
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    return f"{wide} px wide at {width} px" if wide > width else ""
