"""The Indonesian catalogue: `update` it from the code, `check` that it is whole, `compile` it.

Reads Python with Babel and templates with Django's own reader, so GNU gettext is not needed.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE: Final = Path("src/ksbb")
CATALOGUE: Final = SOURCE / "locale/id/LC_MESSAGES/django.po"
KEYWORDS: Final = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def written_in_code() -> Catalog:
    """Return every sentence of code and templates, with the files it stands in."""
    found = Catalog(locale="id", project="ksbb", charset="utf-8")
    for path, text in _sources():
        for line, message, comments, context in extract(
            "python", io.BytesIO(text.encode()), KEYWORDS, ["Translators:"]
        ):
            place = [(path.as_posix(), line)]
            found.add(message, locations=place, auto_comments=comments, context=context)
    return found


def _sources() -> Iterator[tuple[Path, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, path.read_text()
    for path in sorted(p for p in SOURCE.rglob("templates/**/*") if p.is_file()):
        lines = templatize(path.read_text(), origin=str(path)).splitlines()
        # What remains of the markup is no Python; its indentation would be taken for blocks.
        yield path, "\n".join(line.strip() for line in lines)


def translated() -> Catalog:
    """Return the catalogue as it stands."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="id")


def update() -> int:
    """Bring the catalogue to what the code says; new sentences come in untranslated."""
    catalogue = translated()
    catalogue.update(written_in_code(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
    return _tell("Still to be translated", [m for m in _messages(catalogue) if not _complete(m)])


def check() -> int:
    """Say what is missing, unsure, left over or loses a placeholder; 0 when nothing is."""
    catalogue = translated()
    used, known = _messages(written_in_code()), _messages(catalogue)
    whole = [message for message in known if _complete(message)]
    return max(
        _tell("Not in the catalogue, run make messages", _without(used, known)),
        _tell("No longer in the code, run make messages", _without(known, used)),
        _tell("Not translated", [m for m in known if not _complete(m)]),
        _tell("Translated with doubt", [m for m in known if m.fuzzy]),
        _tell("Placeholders differ", [m for m in whole if list(m.check(catalogue))]),
    )


def compile_catalogue() -> int:
    """Write the form Django reads."""
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, translated())
    return 0


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _without(messages: list[Message], others: list[Message]) -> list[Message]:
    present = {(message.context, message.id) for message in others}
    return [message for message in messages if (message.context, message.id) not in present]


def _complete(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms)


def _tell(heading: str, messages: list[Message]) -> int:
    if messages:
        print(f"{heading}:", *(f"  {m.id!r}  {m.locations[:1]}" for m in messages), sep="\n")
    return int(bool(messages))


if __name__ == "__main__":
    settings.configure()
    chores = {"update": update, "check": check, "compile": compile_catalogue}
    sys.exit(chores[sys.argv[1]]())
