"""The `ksbb` command: Django's commands and ours, and one sentence where something is wrong."""

from __future__ import annotations

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, get_commands
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from ksbb.config.command_line import mistake_in
from ksbb.shared.errors import DomainError, quoted

BAD_INPUT = 2
INTERRUPTED = 130
_ABOUT_KSBB = {"help", "--help", "-h", "version", "--version"}


def main() -> None:
    """Run what was typed; exit 2 with one sentence for bad input or settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ksbb.config.settings")
    sys.exit(run(sys.argv))


def run(argv: list[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        django.setup()
        if unknown := _unknown(argv):
            return _complain(
                _("There is no command “{typed}”. `ksbb help` lists them all.").format(
                    typed=quoted(*unknown)
                )
            )
        if _is_ours_to_read(argv) and (mistake := mistake_in(argv)):
            return _complain(mistake)
        execute_from_command_line(_raising(argv))
    except (CommandError, DomainError, ImproperlyConfigured) as error:
        return _complain(str(error), code=getattr(error, "returncode", BAD_INPUT))
    except (OperationalError, ProgrammingError) as error:
        reason = str(error).partition("\n")[0].strip()
        return _complain(
            _("The database answers: {reason}. Is it running, and `ksbb migrate` done?").format(
                reason=reason
            )
        )
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _unknown(argv: list[str]) -> set[str]:
    """Return the name of a command nobody knows, also after `help`; nothing where there is none."""
    typed = argv[2:3] if argv[1:2] == ["help"] and argv[2:3] != ["--commands"] else argv[1:2]
    return {*typed} - {*get_commands(), *_ABOUT_KSBB}


def _is_ours_to_read(argv: list[str]) -> bool:
    return not {*argv[1:2]} <= _ABOUT_KSBB


def _raising(argv: list[str]) -> list[str]:
    # Without this option Django prints the name of its exception class and exits with 1.
    if not _is_ours_to_read(argv):
        return argv
    return [*argv[:2], "--traceback", *argv[2:]]


def _complain(sentence: str, *, code: int = BAD_INPUT) -> int:
    sys.stderr.write(f"{sentence}\n")
    return max(code, BAD_INPUT)
