"""Documents of A4 pages: a title, facts, tables, a QR code, and the number of each page.

Everything is text that can be searched and copied, in a font that goes along in the file.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import segno
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from fpdf import FPDF, XPos, YPos
from fpdf.enums import TableBordersLayout, TextEmphasis, VAlign
from fpdf.fonts import FontFace

MARGIN_MM: Final = 20
WIDTH_MM: Final = 210 - 2 * MARGIN_MM
WORDS_MM: Final = 55
"""How wide the words beside facts are."""

QR_MM: Final = 35
LETTERS_PER_MM: Final = 12
"""So many letters for each mm a cell is wide fit on one page, however wide they are."""

FONT: Final = "Source Sans Pro"
INK: Final = 40
PALE: Final = 238
MISSING: Final = "?"


class Column(NamedTuple):
    """A column of a table: its heading, how wide it is beside the others, digits to the right."""

    heading: str
    weight: int = 1
    is_number: bool = False


class Document:
    """A document in the reader's language that is written from top to bottom.

    Letters the font lacks are written without their accent, and a “?” stands for what then is
    still missing: no name breaks a document.
    """

    def __init__(self, title: str, *, made: datetime, foot: str = "") -> None:
        """Open the first page with the title on it; `foot` stands at the foot of each page."""
        self._file = _File(foot)
        self._file.set_title(readable(title))
        self._file.set_creator("KSBB")
        self._file.set_lang(get_language() or "id")
        self._file.set_creation_date(made)
        self._file.add_page()
        self._write(title, size=18, bold=True)
        self._file.ln(2)

    def text(self, words: str) -> None:
        """Write a paragraph."""
        self._write(words, size=10.5)
        self._file.ln(2)

    def heading(self, words: str) -> None:
        """Write a heading over what follows."""
        self._file.ln(3)
        self._write(words, size=13, bold=True)
        self._file.ln(1)

    def facts(self, rows: Iterable[tuple[str, str]]) -> None:
        """Write one line for each fact: its word, and what is so."""
        self._table(
            list(rows),
            widths=(WORDS_MM, WIDTH_MM - WORDS_MM),
            align=("LEFT", "LEFT"),
            first_row_as_headings=False,
            borders_layout=TableBordersLayout.NONE,
        )

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """Write a table; its headings are repeated on each page it goes on to."""
        headings = [column.heading for column in columns]
        whole = sum(column.weight for column in columns)
        self._table(
            [headings, *rows],
            widths=tuple(column.weight * WIDTH_MM // whole for column in columns),
            align=tuple("RIGHT" if column.is_number else "LEFT" for column in columns),
            headings_style=FontFace(emphasis=TextEmphasis.B, fill_color=PALE),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        )

    def qr(self, address: str, words: str) -> None:
        """Draw an address as a QR code, with the words and the address beside it."""
        picture = io.BytesIO()
        segno.make(address, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
        page = self._file
        page.ln(4)
        if page.will_page_break(QR_MM):
            page.add_page()
        top = page.get_y()
        page.image(picture, MARGIN_MM, top, QR_MM, QR_MM, alt_text=readable(address))
        page.set_left_margin(MARGIN_MM + QR_MM + 5)
        page.set_y(top + 3)
        self._write(words, size=10.5)
        self._write(address, size=10.5)
        page.set_left_margin(MARGIN_MM)
        page.set_y(top + QR_MM + 2)

    def content(self) -> bytes:
        """Return the file; nothing can be written after that."""
        return bytes(self._file.output())

    def answer(self, name: str) -> HttpResponse:
        """Return the file under a name without its ending, for nobody else to keep."""
        answer = HttpResponse(self.content(), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
        answer["Cache-Control"] = "private, no-store"
        return answer

    def _write(self, words: str, *, size: float, bold: bool = False) -> None:
        self._file.set_font(style="B" if bold else "", size=size)
        self._file.multi_cell(
            0, size * 0.5, readable(words), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def _table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        widths: tuple[int, ...],
        align: tuple[str, ...],
        borders_layout: TableBordersLayout,
        headings_style: FontFace | None = None,
        first_row_as_headings: bool = True,
    ) -> None:
        self._file.set_font(size=10)
        self._file.set_draw_color(PALE)
        with self._file.table(
            [
                [_cell(words, width) for words, width in zip(row, widths, strict=True)]
                for row in rows
            ],
            col_widths=widths,
            text_align=align,
            line_height=5.5,
            width=WIDTH_MM,
            v_align=VAlign.T,
            borders_layout=borders_layout,
            headings_style=headings_style,
            first_row_as_headings=first_row_as_headings,
        ):
            pass
        self._file.ln(2)


class _File(FPDF):
    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self._foot = foot
        self.set_margins(MARGIN_MM, MARGIN_MM, MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=MARGIN_MM)
        self.set_text_color(INK)
        for style, cut in (("", "Regular"), ("B", "Bold")):
            self.add_font(FONT, style, _path(cut))
        self.set_font(FONT, size=10)

    def footer(self) -> None:
        """Write the foot of a page; called by the library at the end of each."""
        self.set_y(-MARGIN_MM + 5)
        self.set_font(style="", size=8.5)
        self.cell(WIDTH_MM * 0.75, 4, readable(self._foot))
        page = _("Page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        self.cell(0, 4, page, align="R")


def readable(words: str) -> str:
    """Return the words in letters the font has."""
    known = _letters()
    return "".join(
        one if ord(one) in known or one == "\n" else _near(one, known)
        for one in unicodedata.normalize("NFC", words)
        if one.isspace() or one.isprintable()
    )


def _cell(words: str, width: int) -> str:
    """Return the words of a cell that is so many mm wide, cut where they would fill a page."""
    line, most = " ".join(readable(words).split()), width * LETTERS_PER_MM
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _near(letter: str, known: frozenset[int]) -> str:
    if letter.isspace():
        return " "
    plain = unicodedata.normalize("NFKD", letter)
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return bare if bare and all(ord(one) in known for one in bare) else MISSING


@cache
def _letters() -> frozenset[int]:
    """Return the code points that both cuts of the font draw."""
    drawn = []
    for cut in ("Regular", "Bold"):
        with TTFont(_path(cut), lazy=True) as font:
            drawn.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*drawn)


def _path(cut: str) -> str:
    return str(files("font_source_sans_pro") / "files" / f"SourceSansPro-{cut}.ttf")
