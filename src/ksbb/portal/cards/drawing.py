"""One picture: what it is about, one figure, and of which moment that is."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from ksbb.web.logo import LIGHT, MAST, SUN, logo

SIZE: Final = (1200, 630)
MARGIN: Final = 72
WIDTH: Final = SIZE[0] - 2 * MARGIN
MOST_LINES: Final = 2
PAPER: Final = "#ffffff"
BRAND: Final = "#0c5460"
COLOURS: Final = 24
"""A few flat colours and the shades between them: that is what keeps a picture small."""

# The font inside Pillow has plain letters only.
_PLAIN: Final = str.maketrans({"–": "-", "—": "-", "’": "'", "\u00a0": " "})


@dataclass(frozen=True, kw_only=True)
class Card:
    """The words of a picture, in the reader's language."""

    kind: str
    title: str
    where: str
    figure: str
    unit: str
    foot: str


def draw(card: Card) -> bytes:
    """Return the picture as PNG."""
    picture = Image.new("RGB", SIZE, MAST)
    pen = ImageDraw.Draw(picture)
    _edge(pen)
    picture.paste(logo(84), (MARGIN, 56), logo(84))
    pen.text((MARGIN + 108, 62), "KSBB", PAPER, _font(40), stroke_width=1)
    pen.text((MARGIN + 108, 108), plain(card.kind), LIGHT, _font(28))
    lines, size = fitted(plain(card.title))
    top = 186
    for line in lines:
        pen.text((MARGIN, top), line, PAPER, _font(size), stroke_width=1)
        top += round(size * 1.2)
    pen.text((MARGIN, top + 8), _cut(plain(card.where), 34, WIDTH), LIGHT, _font(34))
    pen.text((MARGIN, 430), plain(card.figure), SUN, _font(72), stroke_width=1)
    beside = MARGIN + pen.textlength(plain(card.figure), _font(72)) + 24
    unit, size = _beside(plain(card.unit), SIZE[0] - MARGIN - beside)
    pen.text((beside, 496), unit, PAPER, _font(size), anchor="ls")
    pen.text((MARGIN, 536), _cut(plain(card.foot), 28, WIDTH), LIGHT, _font(28))
    file = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def plain(words: str) -> str:
    """Return the words in letters the font has; accents are left out, other scripts too."""
    letters = unicodedata.normalize("NFKD", words.translate(_PLAIN))
    kept = "".join(one for one in letters if one.isascii() or one in "“”")
    return " ".join(kept.split())


def fitted(words: str) -> tuple[list[str], int]:
    """Return the words in lines that fit, in the largest size of which two are enough."""
    for size in (72, 62, 54, 46):
        lines = _wrapped(words, size)
        if len(lines) <= MOST_LINES and all(_width(line, size) <= WIDTH for line in lines):
            return lines, size
    *first, last = _wrapped(words, size)[:MOST_LINES]
    return [_cut(line, size, WIDTH) for line in (*first, f"{last} …")], size


def _beside(words: str, room: float) -> tuple[str, int]:
    """Return the words behind the figure and the largest size in which they fit, else cut."""
    sizes = (34, 30, 26)
    size = next((one for one in sizes if _width(words, one) <= room), sizes[-1])
    return _cut(words, size, room), size


def _wrapped(words: str, size: int) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer, size) <= WIDTH or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(line: str, size: int, room: float) -> str:
    if _width(line, size) <= room:
        return line
    while line and _width(f"{line}...", size) > room:
        line = line[:-1]
    return f"{line.rstrip()}..."


def _width(line: str, size: int) -> float:
    # The letters are drawn a pixel thicker on each side.
    return _font(size).getlength(line) + 2


def _edge(pen: ImageDraw.ImageDraw) -> None:
    """Draw the woven edge of our pages at the foot."""
    top, step = SIZE[1] - 36, 36
    pen.rectangle((0, top, *SIZE), fill=SUN)
    for left in range(0, SIZE[0], step):
        middle = top + step / 2
        for reach, colour in ((step / 2, BRAND), (step / 5, SUN)):
            centre = left + step / 2
            pen.polygon(
                [
                    (centre - reach, middle),
                    (centre, middle - reach),
                    (centre + reach, middle),
                    (centre, middle + reach),
                ],
                fill=colour,
            )


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
