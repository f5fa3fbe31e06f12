"""Tables of HTML pages saved as .xls, as many government systems export them."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from ksbb.intake.errors import UnreadableError
from ksbb.intake.files.sheets import NO_FILLS, Fills, Line, Progress, Sheet
from ksbb.intake.reasons import Refusal
from ksbb.intake.words import Cell

_PIECE: Final = 65_536
_MOST_SPAN: Final = 1_000
_WIDEST: Final = 500
_TABLES: Final = "<table"
_SILENT: Final = {"script", "style", "head", "title"}


def open_html(path: Path, begin: str, encoding: str, progress: Progress) -> Iterator[Sheet]:
    """Return each table that has cells as a sheet. Raises `UnreadableError` for other markup."""
    if "mso-application" in begin or "urn:schemas-microsoft-com:office:spreadsheet" in begin:
        raise UnreadableError(Refusal.OTHER_KIND, kind="xml")
    if "html" not in begin and _TABLES not in begin and "<meta" not in begin:
        raise UnreadableError(Refusal.OTHER_KIND, kind="xml")
    return _sheets(path, encoding, progress)


def _sheets(path: Path, encoding: str, progress: Progress) -> Iterator[Sheet]:
    """Take the table that is read to its end before the next one begins."""
    events = _events(path, encoding, progress)
    count = 0
    for event in events:
        if event is not None:
            count += 1
            yield Sheet(name=f"Tabel {count}", lines=_until_end(event, events))
    if not count:
        raise UnreadableError(Refusal.NO_TABLE)


def _until_end(first: Line, events: Iterator[Line | None]) -> Iterator[Line]:
    yield first
    for event in events:
        if event is None:
            return
        yield event


def _events(path: Path, encoding: str, progress: Progress) -> Iterator[Line | None]:
    """Yield lines; None where a table ends."""
    reader = _Reader()
    size, done = max(path.stat().st_size, 1), 0
    with path.open(encoding=encoding, errors="replace") as stream:
        while piece := stream.read(_PIECE):
            reader.feed(piece)
            yield from reader.take()
            done += len(piece)
            progress(min(done / size, 1.0))
    reader.close()
    reader.finish()
    yield from reader.take()


class _Reader(HTMLParser):
    """Rows of tables; cells that span columns or rows fill all they reach."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._ready: list[Line | None] = []
        self._row: dict[int, Cell] | None = None
        self._fills: dict[int, Cell] = {}
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._down: dict[int, tuple[int, Cell]] = {}
        self._number = 0
        self._silent = 0

    def take(self) -> Iterator[Line | None]:
        ready, self._ready = self._ready, []
        return iter(ready)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "tr":
            self._end_row()
            self._row, self._fills = {}, {}
        elif tag in {"td", "th"}:
            self._end_cell()
            if self._row is None:
                self._row, self._fills = {}, {}
            said = dict(attrs)
            self._span = (_number(said.get("colspan")), _number(said.get("rowspan")))
            self._text = []
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table":
            self.finish()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(data)

    def finish(self) -> None:
        """End the table."""
        self._end_row()
        self._down.clear()
        if self._number:
            self._ready.append(None)
        self._number = 0

    def _end_cell(self) -> None:
        if self._text is None or self._row is None:
            return
        text, self._text = " ".join("".join(self._text).split()), None
        at = 0
        while at in self._row or at in self._down:
            at += 1
        across, down = self._span
        for column in range(at, min(at + across, _WIDEST)):
            self._row[column] = text if column == at else ""
        if down > 1 and at < _WIDEST:
            self._down[at] = (down, text)
            self._fills[at] = text

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None:
            return
        row, self._row = self._row, None
        fills: dict[int, Cell] = dict(self._fills)
        for column, (left, text) in list(self._down.items()):
            fills[column] = text
            row.setdefault(column, "")
            if left > 1:
                self._down[column] = (left - 1, text)
            else:
                del self._down[column]
        self._number += 1
        width = max(row, default=-1) + 1
        cells = [row.get(column, "") for column in range(width)]
        taken: Fills = fills or NO_FILLS
        self._ready.append(Line(self._number, cells, taken))


def _number(said: str | None) -> int:
    return min(int(said), _MOST_SPAN) if said and said.strip().isdecimal() and int(said) else 1
