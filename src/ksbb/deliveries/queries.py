from __future__ import annotations

from django.db.models import QuerySet

from ksbb.commitments.models import Commitment
from ksbb.deliveries.models import Delivery


def deliveries_of(commitment: Commitment) -> QuerySet[Delivery]:
    """Return the deliveries of a commitment with place and receipt, in the order of their days."""
    return (
        Delivery.objects.filter(commitment=commitment)
        .select_related("target", "receipt")
        .prefetch_related("lines__line__need__aid_type", "lines__receipt_line")
        .order_by("planned_for", "pk")
    )
