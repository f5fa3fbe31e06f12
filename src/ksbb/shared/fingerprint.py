"""A fixed short name for a request's content, to tell a repeated request from another one."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from uuid import UUID


def fingerprint(**parts: object) -> str:
    """Return the SHA-256 (64 hex digits) of ``parts``, whatever their order.

    Takes what JSON knows and dates, moments (equal in every time zone), Decimal, UUID, sets and
    dataclasses. Raises TypeError for anything whose text might differ from run to run.
    """
    canonical = json.dumps(
        parts,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
        default=_plain,
    )
    return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of(text: str) -> str:
    """Return the SHA-256 of a published file's text (64 hex digits)."""
    return sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    message = f"{type(value).__name__} has no canonical form"
    raise TypeError(message)
