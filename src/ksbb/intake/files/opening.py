"""Finding out what a file is, by its content and never by its name alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ksbb.intake.errors import UnreadableError
from ksbb.intake.files import html, text, workbooks
from ksbb.intake.files.sheets import Progress, Sheet
from ksbb.intake.reasons import Refusal

MEGABYTE: Final = 1_048_576
MOST_BOOK: Final = 25 * MEGABYTE
"""A workbook of 100,000 rows has 3 to 8 MB."""
MOST_TEXT: Final = 200 * MEGABYTE
"""A csv file of 1,000,000 rows has 40 to 100 MB, and is read line by line."""

_HEAD: Final = 4096
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: Final = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"SQLite format 3", "database"),
)


def open_sheets(path: Path, name: Path, progress: Progress) -> Iterator[Sheet]:
    """Return the sheets of a file. Raises `UnreadableError`, for some files only further on."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        raise UnreadableError(Refusal.MISSING) from None
    if not head.strip(b"\x00 \r\n\t"):
        raise UnreadableError(Refusal.EMPTY if size <= _HEAD else Refusal.BROKEN)
    if zipfile.is_zipfile(path) or head.startswith(b"PK"):
        _check_size(size, MOST_BOOK)
        return workbooks.open_zipped(path, progress)
    if head.startswith(_OLE):
        _check_size(size, MOST_BOOK)
        return workbooks.open_old(path, progress)
    for begins, kind in _OTHERS:
        if head.startswith(begins):
            raise UnreadableError(Refusal.OTHER_KIND, kind=kind)
    encoding = text.encoding_of(path, head)
    begin = head.decode(encoding, "ignore").lstrip("\ufeff \r\n\t").casefold()
    if begin.startswith("<"):
        _check_size(size, MOST_BOOK)
        return html.open_html(path, begin, encoding, progress)
    _check_size(size, MOST_TEXT)
    return text.open_csv(path, name.stem, encoding, progress)


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise UnreadableError(Refusal.TOO_LARGE, size=-(-size // MEGABYTE), most=most // MEGABYTE)
