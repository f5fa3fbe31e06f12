"""The door for files of banks: what kind it is, by its content."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from ksbb.funds.statements.lines import Line, StatementRefusedError
from ksbb.funds.statements.mt940 import is_mt940, read_mt940
from ksbb.funds.statements.tables import read_table
from ksbb.intake.errors import UnreadableError

MOST_BYTES: Final = 10 * 1_048_576
"""A row has some 150 bytes, so this is more than the rows of one file."""

_HEAD: Final = 4096


def read_statement(path: Path, name: Path, today: date) -> list[Line]:
    """Return the rows of a bank statement, at most `MOST_ROWS`, in the order of the file.

    Raises StatementRefusedError, which says what to mend; then nothing of the file counts.
    """
    if path.stat().st_size > MOST_BYTES:
        raise StatementRefusedError(_("The file is larger than 10 MB. Export a shorter span."))
    with path.open("rb") as stream:
        head = stream.read(_HEAD).decode("latin-1")
    try:
        found = read_mt940(path, today) if is_mt940(head) else read_table(path, name, today)
    except UnreadableError:
        raise StatementRefusedError(
            _("This file is no bank statement. Export it from the bank again, as CSV or MT940.")
        ) from None
    if not found:
        raise StatementRefusedError(_("The file has no row with an amount."))
    return found
