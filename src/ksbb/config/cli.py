"""The `ksbb` command: Django's commands and ours, and one sentence where something is wrong."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError

from ksbb.shared.errors import DomainError

BAD_INPUT = 2
INTERRUPTED = 130
_WITHOUT_COMMAND = {"help", "--help", "-h", "version", "--version"}


def main() -> None:
    """Run what was typed; exit 2 with one sentence for bad input or settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ksbb.config.settings")
    sys.exit(run(sys.argv))


def run(argv: list[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        execute_from_command_line(_raising(argv))
    except (CommandError, DomainError, ImproperlyConfigured) as error:
        return _complain(str(error), code=getattr(error, "returncode", BAD_INPUT))
    except (OperationalError, ProgrammingError) as error:
        reason = str(error).partition("\n")[0].strip()
        return _complain(f"The database answers: {reason}. Is it running, and `ksbb migrate` done?")
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _raising(argv: list[str]) -> list[str]:
    # Without this option Django prints the name of its exception class and exits with 1.
    command, rest = argv[1:2], argv[2:]
    if not command or command[0] in _WITHOUT_COMMAND:
        return argv
    return [argv[0], *command, "--traceback", *rest]


def _complain(sentence: str, *, code: int = BAD_INPUT) -> int:
    sys.stderr.write(f"{sentence}\n")
    return max(code, BAD_INPUT)
