"""What was typed wrongly on a command line, in one sentence of ours."""

from __future__ import annotations

import re
from typing import Final

from django.core.management import ManagementUtility
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.shared.errors import quoted

_OPTION: Final = r"argument (?P<option>[^:]+)"

# The sentences of the standard library are English and name its own notions; so we read them.
_SENTENCES: Final = (
    (
        r"unrecognized arguments: (?P<typed>.+)",
        gettext_lazy("`ksbb {command}` does not know “{typed}”."),
    ),
    (
        r"the following arguments are required: (?P<typed>.+)",
        gettext_lazy("`ksbb {command}` lacks {typed}."),
    ),
    (rf"{_OPTION}: expected .*argument.*", gettext_lazy("{option} lacks its value.")),
    (
        rf"{_OPTION}: invalid .*?: (?P<typed>.*?)(?: \(choose from .*\))?",
        gettext_lazy("“{typed}” cannot be a value of {option}."),
    ),
    (
        r"ambiguous option: (?P<typed>.+?) could match .+",
        gettext_lazy("“{typed}” may mean several options of `ksbb {command}`."),
    ),
)


def mistake_in(argv: list[str]) -> str:
    """Return what is wrong with the words after a known command, "" where nothing is.

    The command itself would print its usage in English and end the process.
    """
    parser = ManagementUtility(argv).fetch_command(argv[1]).create_parser(argv[0], argv[1])
    try:
        parser.parse_args(argv[2:])
    except CommandError as error:
        said = _in_our_words(str(error).removeprefix("Error: "), argv[1])
        more = _("`ksbb {command} --help` lists the options.").format(command=argv[1])
        return f"{said} {more}"
    return ""


def _in_our_words(message: str, command: str) -> str:
    for pattern, sentence in _SENTENCES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            typed = {name: quoted(word.strip("'\"")) for name, word in found.groupdict().items()}
            return sentence.format(command=command, **typed)
    return _("`ksbb {command}` cannot be read: {why}.").format(
        command=command, why=quoted(message.partition(". ")[0])
    )
