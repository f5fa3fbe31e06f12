"""What the styles promise to phones and to the browser's own rules."""

from __future__ import annotations

import re
from pathlib import Path

import ksbb.web

HOME = Path(ksbb.web.__file__).parent
SHEETS = sorted((HOME / "static/web").glob("*.css"))
TEMPLATES = sorted(HOME.parent.glob("*/templates/**/*.html"))


def test_all_styles_together_stay_under_forty_kilobytes() -> None:
    assert sum(sheet.stat().st_size for sheet in SHEETS) < 40_000


def test_styles_and_templates_load_nothing_from_elsewhere() -> None:
    foreign = [
        path.name
        for path in [*SHEETS, *TEMPLATES]
        if re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//", path.read_text())
    ]

    assert foreign == []


def test_templates_hold_no_inline_script_or_style() -> None:
    inline = [
        path.name
        for path in TEMPLATES
        if re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", _markup(path))
    ]

    assert inline == []


def _markup(path: Path) -> str:
    """Return what a browser could get of a template: what a tag is called runs nothing."""
    return re.sub(r"{%.*?%}", "", path.read_text())


def test_movement_is_left_out_for_those_who_ask_for_it() -> None:
    moving = [sheet.name for sheet in SHEETS if "transition" in sheet.read_text()]

    assert moving == ["base.css"]
    assert "prefers-reduced-motion: no-preference" in (HOME / "static/web/base.css").read_text()
