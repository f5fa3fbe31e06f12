"""Every colour is a variable of base.css, and every pair of them can be read in both schemes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

import ksbb

HOME: Final = Path(ksbb.__file__).parent
BASE: Final = HOME / "web/static/web/base.css"
SHEETS: Final = sorted(HOME.glob("*/static/**/*.css"))
TEXT, PART = 4.5, 3.0
"""What WCAG 2.2 AA asks of text, and of what one must see to use a page."""

SCHEMES: Final = ("light", "dark")
GROUNDS: Final = (
    "paper",
    "paper-deep",
    "surface",
    "brand-soft",
    "sun-soft",
    "alarm-soft",
    "fine-soft",
)
WORDS: Final = ("ink", "muted", "brand", "brand-deep", "alarm", "fine", "missing")
LINES: Final = ("line-strong", "brand", "brand-deep", "sun-edge", "alarm", "fine")
STAGES: Final = (
    ("stage-received", "stage-delivered"),
    ("stage-dots", "stage-delivered"),
    ("stage-hatch", "stage-committed"),
    ("stage-received", "surface"),
)
COLOUR: Final = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|color)a?\(", re.IGNORECASE)
NAMED: Final = re.compile(r":[^;]*\b(?:white|black|red|green|blue|gr[ae]y|silver|orange)\b")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_colour_is_written_down_in_one_place(sheet: Path) -> None:
    lines = sheet.read_text().splitlines()

    stray = [line for line in lines if COLOUR.search(line) or NAMED.search(line)]

    assert [line for line in stray if sheet != BASE or not line.strip().startswith("--")] == []


def test_no_template_brings_a_colour_of_its_own() -> None:
    painted = [
        template.name
        for template in HOME.glob("*/templates/**/*.html")
        if re.search(r"(?:fill|stroke|color)=\"(?!none|url|currentColor)", template.read_text())
    ]

    assert painted == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_word_can_be_read_on_every_ground(scheme: str) -> None:
    weak = [(word, on) for word in WORDS for on in GROUNDS if contrast(scheme, word, on) < TEXT]

    assert weak == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_one_rule_writes_on_its_own_ground_can_be_read(scheme: str) -> None:
    weak = [pair for pair in pairs() if contrast(scheme, *pair) < TEXT]

    assert weak == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_and_stages_can_be_told_apart(scheme: str) -> None:
    seen = [(line, on) for line in LINES for on in ("paper", "surface")]
    seen += [*STAGES, ("sun", "mast"), ("on-mast", "mast")]

    assert [pair for pair in seen if contrast(scheme, *pair) < PART] == []


def test_every_variable_that_is_used_exists() -> None:
    used = {name for sheet in SHEETS for name in re.findall(r"var\(--([\w-]+)", sheet.read_text())}
    own = {
        name
        for sheet in SHEETS
        for name in re.findall(r"^\s*--([\w-]+):", sheet.read_text(), re.MULTILINE)
    }

    assert used - own == set()


def test_paper_stays_light() -> None:
    assert "@media screen and (prefers-color-scheme: dark)" in BASE.read_text()


def pairs() -> set[tuple[str, str]]:
    """Return colour and ground of all rules that set both."""
    found = set()
    for sheet in SHEETS:
        for rule in re.findall(r"\{([^{}]*)\}", sheet.read_text()):
            words = re.search(r"(?:^|\s)color: var\(--([\w-]+)\)", rule)
            ground = re.search(r"background(?:-color)?: var\(--([\w-]+)\)", rule)
            if words and ground:
                found.add((words[1], ground[1]))
    return found


def contrast(scheme: str, one: str, other: str) -> float:
    """Return the ratio of WCAG between two variables."""
    light = sorted((luminance(palette(scheme)[name]) for name in (one, other)), reverse=True)
    return (light[0] + 0.05) / (light[1] + 0.05)


@cache
def palette(scheme: str) -> dict[str, str]:
    """Return the colours of a scheme: the dark one says only what differs."""
    text = BASE.read_text()
    light, _, rest = text.partition("@media screen and (prefers-color-scheme: dark)")
    dark, _, _ = rest.partition("@media print")
    named = dict(re.findall(r"--([\w-]+): (#\w+);", light))
    return named | dict(re.findall(r"--([\w-]+): (#\w+);", dark)) if scheme == "dark" else named


def luminance(colour: str) -> float:
    """Return the relative luminance of “#rrggbb” or “#rgb” as WCAG reckons it."""
    digits = colour.removeprefix("#")
    digits = "".join(one * 2 for one in digits) if len(digits) == 3 else digits
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
