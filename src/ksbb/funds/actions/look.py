from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.audit.actions.record import record
from ksbb.funds.models import Proof

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


@transaction.atomic
def look_at_proof(*, gift_id: int, actor: Actor, now: datetime) -> bytes:
    """Return the picture of a gift's transfer, b"" for none, and write down who looked."""
    proof = Proof.objects.filter(gift_id=gift_id).select_related("gift").first()
    if proof is None:
        return b""
    record(action="funds.look_at_proof", obj=proof.gift, actor=actor, now=now)
    return bytes(proof.picture)
