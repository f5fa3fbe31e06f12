"""What a visitor has chosen and answered so far."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest

from ksbb.portal.giving.copies import seal, unseal
from ksbb.portal.scope import PROGRAMME, Scope, read_scope, scope_in
from ksbb.programmes.models import Programme
from ksbb.programmes.queries import current_programme, find_published

KEPT: Final = "giving"
SENT: Final = "promised"
DONE: Final = "became"
"""Which commitment each draft became, by the name of the draft."""
REMEMBERED: Final = 20
COPY: Final = "simpanan"
"""The field in which each page carries a sealed copy, for when its session dies."""


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
    name: str = ""
    """Stays the same while the answers change; says of an old page which draft it belongs to."""
    terms: dict[str, dict[str, str]] = field(default_factory=dict)
    """The terms of each proposal that was taken, by phase and aid type ("2/sembako")."""
    typed: dict[str, str] = field(default_factory=dict)
    """What stood in the form of the giver when its visitor left it for the login."""

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


def scope_of_giving(request: HttpRequest) -> Scope:
    """Return the scope of the programme the address names, else of the draft, else the current."""
    kept = request.session.get(KEPT) or unseal(request.POST.get(COPY, "")) or {}
    slug = str(kept.get("programme", ""))
    current = current_programme()
    if request.GET.get(PROGRAMME) or not slug or (current and current.slug == slug):
        return read_scope(request)
    programme = find_published(slug)
    if programme is None or not programme.is_open:
        return read_scope(request)
    return scope_in(programme, named=slug)


def load(request: HttpRequest, programme: Programme) -> Draft:
    """Return the draft of this visitor, an empty one if there is none for the programme.

    Where the session has died, the copy in the page that was sent takes its place.
    """
    kept = request.session.get(KEPT) or _from_copy(request)
    if kept.get("programme") != programme.slug:
        return Draft(programme=programme.slug)
    # JSON knows no whole numbers as keys.
    return Draft(**kept | {"lines": {int(need): count for need, count in kept["lines"].items()}})


def chosen_places(request: HttpRequest) -> int:
    """Return how many places this visitor has in the package.

    Of a visitor without a session nothing is asked, so that public pages can be kept for all.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return 0
    return len((request.session.get(KEPT) or {}).get("lines", ()))


def copy_of(request: HttpRequest) -> str:
    """Return the draft of the session as a sealed text, "" where there is none."""
    kept = request.session.get(KEPT)
    return seal(kept) if kept else ""


def _from_copy(request: HttpRequest) -> dict[str, Any]:
    """Take the sealed copy back into the session, unless that draft was sent meanwhile."""
    kept = unseal(request.POST.get(COPY, ""))
    if not kept or kept["name"] in request.session.get(DONE, {}):
        return {}
    request.session[KEPT] = kept
    return kept


def save(request: HttpRequest, draft: Draft) -> None:
    """Keep the draft under a new key."""
    draft.key = uuid4().hex
    draft.name = draft.name or draft.key
    request.session[KEPT] = asdict(draft)


def finish(request: HttpRequest, draft: Draft, code: str) -> None:
    """Forget the answers and remember only which commitment they became."""
    request.session.pop(KEPT, None)
    for kept, name in ((DONE, draft.name), (SENT, draft.key)):
        codes = request.session.get(kept, {}) | {name: code}
        request.session[kept] = dict(list(codes.items())[-REMEMBERED:])


def sent_as(request: HttpRequest, key: str) -> str | None:
    """Return the code a draft of this visitor became, if it was sent."""
    sent: dict[str, str] = request.session.get(SENT, {})
    return sent.get(key)


def became(request: HttpRequest) -> str | None:
    """Return the code of what this visitor has sent, if an old page of that draft comes again."""
    done: dict[str, str] = request.session.get(DONE, {})
    return done.get(unseal(request.POST.get(COPY, "")).get("name", ""))


def is_own(request: HttpRequest, code: str) -> bool:
    """Tell whether this visitor made the commitment."""
    return code in request.session.get(SENT, {}).values()
