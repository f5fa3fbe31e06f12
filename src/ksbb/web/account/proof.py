"""Proving that one reads an e-mail address: six digits are sent to it and typed on our page.

The pending proof lies in the session of the browser that asked, so a code that somebody talks a
person out of opens nothing elsewhere. Nothing says whether an address is known here, and no row is
written before the address is proven.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from allauth.core import ratelimit
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.accounts.models import User
from ksbb.shared.errors import DomainError
from ksbb.web.letters import send_letter

if TYPE_CHECKING:
    from django.http import HttpRequest

KEPT: Final = "email_proof"
PROVEN: Final = "proven"
CODE_MINUTES: Final = 10
TRIES: Final = 5
PROVEN_MINUTES: Final = 30


class CodeRefusedError(DomainError):
    """A code was not sent, or the typed one does not prove anything."""


@dataclass(kw_only=True)
class Proof:
    """One address under proof, where its reader goes on, and whether it opens an account."""

    email: str
    goal: str
    enters: bool
    digest: str = ""
    sent_at: float = 0
    tries: int = 0
    shown: str = ""
    """The code itself, in the demo only: its page shows it."""

    @property
    def is_over(self) -> bool:
        """Whether the code has run out, or too many others were typed."""
        return self.tries >= TRIES or time.time() - self.sent_at > CODE_MINUTES * 60


def begin(request: HttpRequest, *, email: str, goal: str, enters: bool) -> None:
    """Send a new code; an earlier one of this browser ends. Raises a DomainError."""
    address = User.normalize_username(email)
    if not ratelimit.consume(request, action="request_login_code", key=address):
        raise CodeRefusedError(
            gettext_lazy("Too many codes were asked for. Wait five minutes, then try again.")
        )
    code = f"{secrets.randbelow(10**6):06d}"
    _send(address, code)
    proof = Proof(email=address, goal=goal, enters=enters, sent_at=time.time())
    proof.digest = _digest(address, code)
    proof.shown = code if settings.DEMO else ""
    _keep(request, proof)


def pending(request: HttpRequest) -> Proof | None:
    """Return the proof this browser has begun, also one that is over."""
    kept = request.session.get(KEPT)
    return Proof(**kept) if kept else None


def finish(request: HttpRequest, typed: str) -> Proof:
    """Return the proof if the typed code is right, and remember the address as proven.

    Raises CodeRefusedError; a wrong code is counted, and after TRIES of them none is right.
    """
    proof = pending(request)
    if proof is None or proof.is_over:
        raise CodeRefusedError(gettext_lazy("This code is over. Have a new one sent."))
    digits = "".join(filter(str.isdigit, typed))
    if not constant_time_compare(_digest(proof.email, digits), proof.digest):
        proof.tries += 1
        _keep(request, proof)
        raise CodeRefusedError(
            gettext_lazy("This is not the code we sent last. Compare the six digits.")
        )
    del request.session[KEPT]
    request.session[PROVEN] = request.session.get(PROVEN, {}) | {proof.email: time.time()}
    return proof


def proven_addresses(request: HttpRequest) -> frozenset[str]:
    """Return the addresses this browser has proven within the last PROVEN_MINUTES."""
    proven: dict[str, float] = request.session.get(PROVEN, {})
    latest = time.time() - PROVEN_MINUTES * 60
    return frozenset(email for email, at in proven.items() if at >= latest)


def _keep(request: HttpRequest, proof: Proof) -> None:
    request.session[KEPT] = asdict(proof)


def _digest(email: str, code: str) -> str:
    return salted_hmac("ksbb.email_proof", f"{email} {code}", algorithm="sha256").hexdigest()


def _send(email: str, code: str) -> None:
    subject = _("%(code)s is your KSBB code") % {"code": code}
    words = _(
        "Your code is %(code)s. Type it on the page where you asked for it, within "
        "%(minutes)s minutes.\n\n"
        "Nobody from KSBB asks for this code. If you did not ask for it yourself, do nothing: "
        "without the code nothing happens."
    )
    words %= {"code": code, "minutes": CODE_MINUTES}
    send_letter(to=email, subject=subject, words=words)
