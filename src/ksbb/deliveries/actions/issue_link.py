from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.commitments.locking import lock_commitment
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery, ReceiptLink
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor

VALID_FOR = timedelta(days=14)
SECRET_BYTES = 24


class LinkRefusedError(DomainError):
    """The delivery is not one that can be confirmed."""


@transaction.atomic
def issue_link(*, delivery_id: int, actor: Actor, now: datetime, idempotency_key: str = "") -> str:
    """Return the secret of a new one-time link; every older link of the delivery ends.

    The secret is never stored: the table holds its SHA-256. The same request sent twice makes one
    link and returns the same secret, which is then made from the request's key and SECRET_KEY.
    """
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="issue_link", delivery=delivery_id)
    )
    token = _secret(idempotency_key)
    if find_replay(request):
        return token
    delivery = Delivery.objects.get(pk=delivery_id)
    lock_commitment(delivery.commitment_id)
    delivery.refresh_from_db()
    if delivery.state != DeliveryState.DONE or hasattr(delivery, "receipt"):
        raise LinkRefusedError(
            _("A link can be made after the hand-over is recorded and until it is confirmed.")
        )
    ReceiptLink.objects.filter(delivery=delivery, expires_at__gt=now).update(expires_at=now)
    link = ReceiptLink.objects.create(
        delivery=delivery,
        token_hash=token_digest(token),
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    record(action="deliveries.issue_link", obj=link, actor=actor, now=now, request=request)
    return token


def _secret(key: str) -> str:
    """Return 192 bits nobody can guess; for a request with a key the same each time."""
    if not key:
        return secrets.token_urlsafe(SECRET_BYTES)
    drawn = salted_hmac("ksbb.receipt_link", key, algorithm="sha256").digest()
    return urlsafe_b64encode(drawn[:SECRET_BYTES]).decode()


def token_digest(token: str) -> str:
    """Return the digest under which a link's secret is kept."""
    return sha256(token.encode()).hexdigest()
