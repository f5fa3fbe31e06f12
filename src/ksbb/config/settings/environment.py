"""Reading the environment: a value is right, or the start stops with one sentence about it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import environ
from django.core.exceptions import ImproperlyConfigured

env: Final = environ.Env()

PACKAGE: Final = Path(__file__).resolve().parents[2]
_CHECKOUT: Final = PACKAGE.parents[1]

PROJECT: Final = _CHECKOUT if (_CHECKOUT / "pyproject.toml").is_file() else Path.cwd()
"""The clone we run from; for an installed package, the directory it was started in."""

VAR: Final = PROJECT / "var"
"""Everything that is written while running and not kept in version control."""


def text(name: str) -> str:
    """Return the value of ``name``, "" when it is missing."""
    return str(env.str(name, default="")).strip()


def flag(name: str, *, default: bool) -> bool:
    """Return a yes or no. Raises ImproperlyConfigured for any third thing."""
    written = text(name).lower()
    if not written:
        return default
    if written in {"1", "true", "yes", "on"}:
        return True
    if written in {"0", "false", "no", "off"}:
        return False
    message = f"{name} is “{written}”. Set it to 1 or 0, or leave it out."
    raise ImproperlyConfigured(message)


def whole_number(name: str, *, default: int) -> int:
    """Return a whole number from 0 up. Raises ImproperlyConfigured for anything else."""
    written = text(name)
    if not written:
        return default
    if written.isascii() and written.isdecimal():
        return int(written)
    message = f"{name} is “{written}”. Set it to a whole number, or leave it out."
    raise ImproperlyConfigured(message)


def _demo() -> bool:
    demo = flag("KSBB_DEMO", default=not text("DATABASE_URL"))
    if not demo and not text("DATABASE_URL"):
        message = "DATABASE_URL is missing. Set it, for instance postgres://ksbb@localhost/ksbb."
        raise ImproperlyConfigured(message)
    # Who sets a secret key means to run for real; a forgotten address must not end in a demo.
    if demo and text("SECRET_KEY") and not text("KSBB_DEMO"):
        message = "SECRET_KEY is set but DATABASE_URL is missing. Set it too, or set KSBB_DEMO=1."
        raise ImproperlyConfigured(message)
    return demo


DEMO = _demo()
"""Whether this is the demo: an example database, open settings, a banner on each page."""


def required(name: str, *, example: str, demo: str) -> str:
    """Return what production must say about ``name``; the demo has its own answer."""
    value = text(name)
    if value or DEMO:
        return value or demo
    message = f"{name} is missing. Set it, for instance {example}."
    raise ImproperlyConfigured(message)
