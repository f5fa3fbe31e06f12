"""csv in any encoding with any delimiter, line by line."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from ksbb.intake.errors import UnreadableError
from ksbb.intake.files.sheets import Line, Progress, Sheet
from ksbb.intake.reasons import Refusal
from ksbb.intake.words import Cell

_PIECE: Final = 1 << 20
_SAMPLE: Final = 65_536
_SAMPLE_LINES: Final = 60
_DELIMITERS: Final = (";", ",", "\t", "|")
_REPORT_EVERY: Final = 2_000
_LONGEST_CELL: Final = 100_000
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS: Final = bytes({*range(32)} - {9, 10, 11, 12, 13, 26, 27})
_FEW: Final = 0.01


def encoding_of(path: Path, head: bytes) -> str:
    """Return the encoding of a text file: by its mark, else UTF-16 by its zeros, UTF-8, cp1252.

    UTF-8 is proved on the whole file; what is none is taken for Windows' own encoding, which
    reads any byte. Raises `UnreadableError` for what is no text at all.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 6 and min(even, odd) < max(even, odd) // 8 + 1:
        return "utf-16-be" if even > odd else "utf-16-le"
    if sum(head.count(control) for control in _CONTROLS) > _FEW * len(head):
        raise UnreadableError(Refusal.OTHER_KIND, kind="binary")
    return "utf-8" if _is_utf8(path) else "cp1252"


def open_csv(path: Path, name: str, encoding: str, progress: Progress) -> Iterator[Sheet]:
    """Return the file as its one sheet."""
    csv.field_size_limit(_LONGEST_CELL)
    yield Sheet(name=name, lines=_lines(path, encoding, progress))


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            while piece := stream.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _lines(path: Path, encoding: str, progress: Progress) -> Iterator[Line]:
    size = max(path.stat().st_size, 1)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        sample = stream.read(_SAMPLE)
        stream.seek(0)
        named = sample[:6].casefold().lstrip("\ufeff")
        skip = named.startswith("sep=")
        delimiter = named[4] if skip and len(named) > 4 else delimiter_of(sample)  # noqa: PLR2004
        raw: BinaryIO = stream.buffer  # type: ignore[assignment]  # it has a position
        number = 0
        try:
            for number, cells in enumerate(csv.reader(stream, delimiter=delimiter), start=1):
                if number % _REPORT_EVERY == 0:
                    progress(min(raw.tell() / size, 1.0))
                if skip and number == 1:
                    continue
                taken: list[Cell] = cells  # type: ignore[assignment] # a list of str holds cells
                yield Line(number, taken)
        except csv.Error:
            raise UnreadableError(Refusal.BROKEN) from None


def delimiter_of(sample: str) -> str:
    """Return the delimiter that cuts most lines of a sample into the same number of cells."""
    whole = sample.rpartition("\n")[0] or sample
    return max(_DELIMITERS, key=lambda delimiter: _evenness(whole, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    try:
        rows = list(csv.reader(sample.splitlines()[:_SAMPLE_LINES], delimiter=delimiter))
    except csv.Error:
        return 0, 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0, 0
    width, lines = max(widths.items(), key=lambda item: (item[1], item[0]))
    return lines, width
