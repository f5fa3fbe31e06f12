from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.queries import Request, find_replay
from ksbb.commitments.actions.fulfil import Part, receive
from ksbb.commitments.actions.tell import tell_giver
from ksbb.commitments.locking import lock_commitment
from ksbb.deliveries.actions.issue_link import token_digest
from ksbb.deliveries.enums import Condition
from ksbb.deliveries.models import DeliveryLine, Receipt, ReceiptLine, ReceiptLink
from ksbb.funds.actions.tell import tell_donors_of
from ksbb.notices.enums import Kind
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor

MAX_QUANTITY = 1_000_000_000


class LinkUnknownError(DomainError):
    """No link has this secret."""


class LinkEndedError(DomainError):
    """The link was used or its time is over."""


class ReceiptRefusedError(DomainError):
    """The receiver's answer is incomplete."""


class Answer(NamedTuple):
    """What the receiver says of one line."""

    quantity: int
    condition: str
    remark: str


def find_link(token: str, now: datetime) -> ReceiptLink:
    """Return the usable link of a secret; raises LinkUnknownError or LinkEndedError."""
    link = (
        ReceiptLink.objects.select_related("delivery__target", "delivery__commitment__collaborator")
        .filter(token_hash=token_digest(token))
        .first()
    )
    if link is None:
        raise LinkUnknownError(
            _("This link is not known. Check that the address was copied whole.")
        )
    if link.used_at:
        raise LinkEndedError(_("This link was already used: the receipt is confirmed."))
    if link.expires_at <= now:
        raise LinkEndedError(
            _("This link is no longer valid. Ask the working group for a new one.")
        )
    return link


@transaction.atomic
def confirm(
    *,
    token: str,
    answers: Mapping[int, Answer],
    remark: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Receipt:
    """Keep the receiver's word: one answer for each delivery line, by its key.

    What agrees with the hand-over moves to received; what differs is kept as stated and stays
    open. Raises LinkUnknownError, LinkEndedError, ReceiptRefusedError.
    """
    digest = token_digest(token)
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="confirm", link=digest, answers=sorted(answers.items()), remark=remark
        ),
    )
    if find_replay(request):
        return Receipt.objects.get(delivery__receipt_links__token_hash=digest)
    delivery = find_link(token, now).delivery
    commitment = lock_commitment(delivery.commitment_id)
    link = find_link(token, now)
    lines = list(delivery.lines.select_related("line__need").order_by("id"))
    _check(lines, answers)
    # Where the working group has settled a line before, only the difference to that moves.
    parts = [Part(line.line, _agreed(line, answers) - line.received) for line in lines]
    receipt = _write(link, lines, answers, remark, now)
    receive(commitment, parts, actor=actor, now=now, request=request)
    tell_giver(Kind.RECEIVED, commitment, now=now, event=str(receipt.pk))
    tell_donors_of(Kind.GIFT_RECEIVED, commitment, now=now)
    return receipt


def _check(lines: list[DeliveryLine], answers: Mapping[int, Answer]) -> None:
    if {line.pk for line in lines} != set(answers):
        raise ReceiptRefusedError(_("Answer for every line of the delivery. Reload the page."))
    for answer in answers.values():
        if not 0 <= answer.quantity <= MAX_QUANTITY:
            raise ReceiptRefusedError(_("Enter how much arrived: 0 or more."))
        if answer.condition not in Condition.values:
            raise ReceiptRefusedError(_("Choose the condition in which the goods arrived."))
        if answer.condition == Condition.OTHER and not answer.remark.strip():
            raise ReceiptRefusedError(_("Explain the condition in the remark."))


def _agreed(line: DeliveryLine, answers: Mapping[int, Answer]) -> int:
    """Return what both sides say arrived; the book holds no more than was handed over."""
    return min(answers[line.pk].quantity, line.quantity)


def _write(
    link: ReceiptLink,
    lines: list[DeliveryLine],
    answers: Mapping[int, Answer],
    remark: str,
    now: datetime,
) -> Receipt:
    receipt = Receipt.objects.create(delivery=link.delivery, confirmed_at=now, remark=remark)
    ReceiptLine.objects.bulk_create(
        [
            ReceiptLine(
                receipt=receipt,
                delivery_line=line,
                handed_over=line.quantity,
                **answers[line.pk]._asdict(),
            )
            for line in lines
        ]
    )
    for line in lines:
        line.received = _agreed(line, answers)
    DeliveryLine.objects.bulk_update(lines, ["received"])
    link.used_at = now
    link.save(update_fields=["used_at"])
    return receipt
