from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.commitments.locking import lock_commitment
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery, ReceiptLink
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor

VALID_FOR = timedelta(days=14)


class LinkRefusedError(DomainError):
    """The delivery is not one that can be confirmed."""


@transaction.atomic
def issue_link(*, delivery_id: int, actor: Actor, now: datetime) -> str:
    """Return the secret of a new one-time link; every older link of the delivery ends.

    The secret is shown once and never stored: the table holds its SHA-256.
    """
    delivery = Delivery.objects.get(pk=delivery_id)
    lock_commitment(delivery.commitment_id)
    delivery.refresh_from_db()
    if delivery.state != DeliveryState.DONE or hasattr(delivery, "receipt"):
        raise LinkRefusedError(
            _("A link can be made after the hand-over is recorded and until it is confirmed.")
        )
    ReceiptLink.objects.filter(delivery=delivery, expires_at__gt=now).update(expires_at=now)
    token = secrets.token_urlsafe(24)
    link = ReceiptLink.objects.create(
        delivery=delivery,
        token_hash=token_digest(token),
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    record(action="deliveries.issue_link", obj=link, actor=actor, now=now)
    return token


def token_digest(token: str) -> str:
    """Return the digest under which a link's secret is kept."""
    return sha256(token.encode()).hexdigest()
