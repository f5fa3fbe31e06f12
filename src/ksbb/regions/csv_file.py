"""Reading a csv file line by line, and saying what is wrong with it in a reader's words."""

from __future__ import annotations

import csv
import gzip
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from django.utils.translation import gettext_lazy as _

from ksbb.shared.errors import DomainError, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

SHOWN_PROBLEMS: Final = 20

Row = TypeVar("Row")
Cells = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one line of a file."""

    line: int
    error: DomainError


@dataclass(frozen=True, slots=True)
class Table:
    """The lines below the header: line number and cells without outer spaces, by column."""

    path: Path
    columns: frozenset[str]
    lines: list[tuple[int, Cells]]

    def rows(self, read: Callable[[int, Cells], Row]) -> list[Row]:
        """Return every line as ``read`` makes it. Raises `BadFileError` naming all bad lines."""
        rows: list[Row] = []
        problems: list[Problem] = []
        for line, cells in self.lines:
            try:
                rows.append(read(line, cells))
            except DomainError as error:
                problems.append(Problem(line=line, error=error))
        refuse(self.path, problems)
        return rows


class BadFileError(DomainError):
    """A file of which nothing was taken, with every line that is to be mended."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        """Name the file and its problems, which are kept in the order of the lines."""
        self.problems = sorted(problems, key=lambda problem: problem.line)
        super().__init__(
            _("{file}: {count} lines are to be mended, nothing was loaded."),
            file=quoted(path.name),
            count=len(problems),
        )

    def __str__(self) -> str:
        """Return the sentence and, below it, the first problems line by line."""
        line = str(_("Line {line}: {error}"))
        said = [
            super().__str__(),
            *(
                line.format(line=problem.line, error=problem.error)
                for problem in self.problems[:SHOWN_PROBLEMS]
            ),
        ]
        left = len(self.problems) - SHOWN_PROBLEMS
        if left > 0:
            said.append(str(_("… and {count} more lines.")).format(count=left))
        return "\n".join(said)


def refuse(path: Path, problems: Sequence[Problem]) -> None:
    """Raise `BadFileError` where there are problems."""
    if problems:
        raise BadFileError(path, problems)


def read_table(path: Path, *, required: Sequence[str]) -> Table:
    """Read a csv file in UTF-8, gzipped when its name ends in .gz; empty lines are left out.

    Raises `DomainError` where the file cannot be read or lacks a ``required`` column.
    """
    file = quoted(path.name)
    try:
        with _open(path) as stream:
            return _read(path, stream, required)
    except FileNotFoundError:
        raise DomainError(
            _("The file {file} does not exist."), file=quoted(path, limit=200)
        ) from None
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise DomainError(
            _("The file {file} cannot be read: {reason}."),
            file=file,
            reason=reason or quoted(error),
        ) from None
    except (UnicodeDecodeError, csv.Error):
        raise DomainError(
            _("{file} is not a csv file in UTF-8. Save the sheet as “CSV UTF-8” and try again."),
            file=file,
        ) from None


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _without_null(stream: TextIO) -> Iterator[str]:
    for line in stream:
        if "\x00" in line:
            message = "no text"
            raise csv.Error(message)
        yield line


def _read(path: Path, stream: TextIO, required: Sequence[str]) -> Table:
    reader = csv.DictReader(_without_null(stream), restkey="", restval="", strict=True)
    columns = frozenset(reader.fieldnames or ())
    missing = [column for column in required if column not in columns]
    if missing:
        raise DomainError(
            _("{file} has no column {missing}. Its first line must name, with commas: {required}."),
            file=quoted(path.name),
            missing=", ".join(missing),
            required=",".join(required),
        )
    lines = [
        (reader.line_num, {name: " ".join(cell.split()) for name, cell in cells.items() if name})
        for cells in reader
    ]
    return Table(path, columns, [(line, cells) for line, cells in lines if any(cells.values())])
