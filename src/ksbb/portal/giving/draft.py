"""What a visitor has chosen and answered so far."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final
from uuid import uuid4

from django.http import HttpRequest

from ksbb.programmes.models import Programme

KEPT: Final = "giving"
SENT: Final = "promised"
REMEMBERED: Final = 20


@dataclass(kw_only=True)
class Draft:
    """One commitment in the making; `key` changes with every answer, so an old page is known."""

    programme: str
    lines: dict[int, int] = field(default_factory=dict)
    """Quantity by the key of the need, in the order they were chosen."""
    giver: dict[str, Any] = field(default_factory=dict)
    schedule: dict[str, Any] = field(default_factory=dict)
    agreed: bool = False
    key: str = ""

    @property
    def next_page(self) -> str:
        """The first page that still lacks an answer, or the check of all answers."""
        answered = (
            ("give", self.lines),
            ("giver", self.giver),
            ("schedule", self.schedule),
            ("statement", self.agreed),
        )
        return next((f"portal:{page}" for page, given in answered if not given), "portal:check")


def load(request: HttpRequest, programme: Programme) -> Draft:
    """Return the draft of this visitor, an empty one if there is none for the programme."""
    kept = request.session.get(KEPT) or {}
    if kept.get("programme") != programme.slug:
        return Draft(programme=programme.slug)
    # JSON knows no whole numbers as keys.
    return Draft(**kept | {"lines": {int(need): count for need, count in kept["lines"].items()}})


def save(request: HttpRequest, draft: Draft) -> None:
    """Keep the draft under a new key."""
    draft.key = uuid4().hex
    request.session[KEPT] = asdict(draft)


def finish(request: HttpRequest, draft: Draft, code: str) -> None:
    """Forget the answers and remember only which commitment they became."""
    request.session.pop(KEPT, None)
    sent = request.session.get(SENT, {}) | {draft.key: code}
    request.session[SENT] = dict(list(sent.items())[-REMEMBERED:])


def sent_as(request: HttpRequest, key: str) -> str | None:
    """Return the code a draft of this visitor became, if it was sent."""
    sent: dict[str, str] = request.session.get(SENT, {})
    return sent.get(key)


def is_own(request: HttpRequest, code: str) -> bool:
    """Tell whether this visitor made the commitment."""
    return code in request.session.get(SENT, {}).values()
