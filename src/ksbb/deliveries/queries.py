from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from ksbb.commitments.enums import CLOSED
from ksbb.commitments.models import Commitment
from ksbb.commitments.queries import spelled
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery, DeliveryLine, ReceiptLink
from ksbb.shared.clock import WIB


def deliveries_of(commitment: Commitment) -> QuerySet[Delivery]:
    """Return the deliveries of a commitment with place and receipt, in the order of their days."""
    return (
        Delivery.objects.filter(commitment=commitment)
        .select_related("target", "receipt")
        .prefetch_related("lines__line__need__aid_type", "lines__receipt_line")
        .order_by("planned_for", "pk")
    )


def deliveries_by_commitment(commitments: Sequence[Commitment]) -> dict[int, list[Delivery]]:
    """Return the deliveries of many commitments, by the commitment's key, each list by days."""
    found: dict[int, list[Delivery]] = {commitment.pk: [] for commitment in commitments}
    rows = Delivery.objects.filter(commitment__in=found).select_related("target", "receipt")
    for row in rows.prefetch_related("lines__line").order_by("planned_for", "pk"):
        found[row.commitment_id].append(row)
    return found


def find_delivery(delivery_id: int) -> Delivery | None:
    """Return one delivery with all that its page names, or None."""
    return (
        Delivery.objects.filter(pk=delivery_id)
        .select_related(
            "commitment__collaborator",
            "commitment__programme",
            "target__kind",
            "target__region__parent__parent",
            "receipt",
        )
        .first()
    )


def lines_of(delivery: Delivery) -> QuerySet[DeliveryLine]:
    """Return the lines of a delivery with the aid they carry and what the receiver said."""
    return (
        DeliveryLine.objects.filter(delivery=delivery)
        .select_related("delivery", "line__need__aid_type", "line__need__phase", "receipt_line")
        .order_by("pk")
    )


def newest_link(delivery: Delivery) -> ReceiptLink | None:
    """Return the last link that was made for a delivery; only this one can still be open."""
    return ReceiptLink.objects.filter(delivery=delivery).order_by("-pk").first()


def planned(until: date | None = None) -> QuerySet[Delivery]:
    """Return what is still to be brought, the earliest day first.

    With `until`, what is due by that day, which comes first, and before it what was missed most
    lately. The plan of a promise that was withdrawn meanwhile is left out.
    """
    something_left = DeliveryLine.objects.filter(
        delivery=OuterRef("pk"), line__committed__gt=F("line__delivered")
    )
    found = Delivery.objects.filter(Exists(something_left), state=DeliveryState.PLANNED)
    found = _listed(found.exclude(commitment__state__in=CLOSED))
    if until:
        return found.filter(planned_for__lte=until).order_by("-planned_for", "pk")
    return found.order_by("planned_for", "pk")


def awaiting_receipt() -> QuerySet[Delivery]:
    """Return what was handed over and neither confirmed nor settled, the oldest first."""
    return _done(Exists(_unequal())).filter(receipt__isnull=True)


def with_difference() -> QuerySet[Delivery]:
    """Return what the receiver counted less or more of than was handed over, the oldest first.

    Less is open until the book says the same of both stages; more, which the book does not hold,
    until somebody has corrected the line or settled it as it stands.
    """
    more = DeliveryLine.objects.filter(
        delivery=OuterRef("pk"), settled_at=None, receipt_line__quantity__gt=F("quantity")
    )
    return _done(Exists(_unequal()) | Exists(more)).filter(receipt__isnull=False)


def named(deliveries: QuerySet[Delivery], words: str) -> QuerySet[Delivery]:
    """Keep the deliveries of this number or commitment code, or to a place named like it."""
    return deliveries.filter(
        Q(handover_number__iexact=words)
        | Q(commitment__code=spelled(words))
        | Q(target__name__icontains=words)
    )


def _unequal() -> QuerySet[DeliveryLine]:
    # In the words of the index which holds these lines alone.
    return DeliveryLine.objects.filter(delivery=OuterRef("pk"), quantity__gt=F("received"))


def _done(with_lines: Exists | Q) -> QuerySet[Delivery]:
    found = Delivery.objects.filter(with_lines, state=DeliveryState.DONE)
    return _listed(found).order_by("done_at", "pk")


def _listed(deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    lines = DeliveryLine.objects.select_related("line__need__aid_type", "receipt_line")
    return deliveries.select_related(
        "commitment__collaborator", "target__kind", "target__region__parent__parent", "receipt"
    ).prefetch_related(Prefetch("lines", lines.order_by("pk")))


def planned_on(day: date) -> QuerySet[Delivery]:
    """Return what is still to be brought on one day."""
    return planned().filter(planned_for=day)


def handed_over_on(day: date) -> QuerySet[Delivery]:
    """Return what was handed over on one day in WIB, in the order in which it was."""
    begins = datetime.combine(day, time.min, tzinfo=WIB)
    within_day = Q(done_at__gte=begins, done_at__lt=begins + timedelta(days=1))
    return _done(within_day)


def last_brought(targets: Collection[int]) -> dict[int, Delivery]:
    """Return what was handed over last to each of these places, by the place's key."""
    rows = Delivery.objects.filter(target__in=targets, state=DeliveryState.DONE)
    return {row.target_id: row for row in _listed(rows).order_by("done_at", "pk")}


def find_line(delivery_id: int, line_id: int) -> DeliveryLine | None:
    """Return a line that was handed over with this delivery, or None."""
    # By its own key: only such a lookup knows that a number can be too large for any row.
    return (
        DeliveryLine.objects.filter(
            pk=line_id, delivery__pk=delivery_id, delivery__state=DeliveryState.DONE
        )
        .select_related(
            "delivery__commitment", "delivery__target", "line__need__aid_type", "receipt_line"
        )
        .first()
    )
