"""The logo as points, for pictures that must be made of pixels; the drawing is that of logo.svg."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Final

from PIL import Image, ImageDraw

SUN: Final = "#f2b134"
MAST: Final = "#073a44"
LIGHT: Final = "#fdf2d8"
GRID: Final = 48
"""The side of logo.svg; every length below is in its units."""

_FINER: Final = 4
"""Drawn so many times larger and then made small, so that edges are smooth."""


def logo(size: int, *, safe: bool = False) -> Image.Image:
    """Return the logo as a square of `size` pixels.

    With `safe` it fills the square and keeps what matters inside the circle phones cut out.
    """
    side = size * _FINER
    picture = Image.new("RGBA", (side, side), SUN if safe else (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    unit = side / GRID * (0.72 if safe else 1)
    edge = (side - unit * GRID) / 2

    def at(x: float, y: float) -> tuple[float, float]:
        return edge + x * unit, edge + y * unit

    if not safe:
        draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=11 * unit, fill=SUN)
    draw.polygon([at(24, 9), at(36, 21), at(24, 33), at(12, 21)], fill=MAST)
    draw.polygon([at(24, 15.5), at(29.5, 21), at(24, 26.5), at(18.5, 21)], fill=LIGHT)
    # The bowl beneath: a wide arc with round ends.
    bowl = [at(24 - 16 * cos(turn), 29 + 11 * sin(turn)) for turn in _turns()]
    draw.line(bowl, fill=MAST, width=round(4 * unit), joint="curve")
    for x, y in (bowl[0], bowl[-1]):
        draw.ellipse((x - 2 * unit, y - 2 * unit, x + 2 * unit, y + 2 * unit), fill=MAST)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def _turns() -> list[float]:
    return [pi * step / 60 for step in range(61)]
