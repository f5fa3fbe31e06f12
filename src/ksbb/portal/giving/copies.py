"""A copy of the answers that travels in the page: sealed, so that only we can read or write it."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

LASTS_SECONDS: Final = 24 * 3600


def seal(answers: dict[str, Any]) -> str:
    """Return the answers as a text that says nothing to whoever finds it in a cache."""
    return _lock().encrypt(zlib.compress(json.dumps(answers).encode())).decode()


def unseal(text: str) -> dict[str, Any]:
    """Return the answers of a text we sealed within the last day, nothing for any other text."""
    try:
        packed = _lock().decrypt(text.encode("utf-8", "replace"), ttl=LASTS_SECONDS)
    except InvalidToken:
        return {}
    answers: dict[str, Any] = json.loads(zlib.decompress(packed))
    return answers


def _lock() -> Fernet:
    return Fernet(
        urlsafe_b64encode(salted_hmac("ksbb.giving", "copy", algorithm="sha256").digest())
    )
