"""The receipt of a confirmed gift as a document to file away."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ksbb.collaborators.enums import Standing
from ksbb.collaborators.queries import standing_of
from ksbb.funds.models import Gift
from ksbb.shared.clock import in_wib
from ksbb.shared.formats import moment, number, rupiah
from ksbb.shared.spelled_out import spelled_out
from ksbb.web.pdf import Document


def receipt_of(gift: Gift, address: str) -> Document:
    """Return the receipt; `address` is that of the gift's public page, which its QR code holds.

    It names the donor, unless the gift is anonymous: for those with a part in it.
    """
    accepted, decided = gift.accepted or 0, gift.decided_at or gift.declared_at
    paper = Document(
        _("Receipt %(number)s") % {"number": gift.receipt_number},
        made=decided,
        foot=gift.programme.name,
    )
    if gift.is_example:
        paper.text(_("Example data (contoh): no such gift was made."))
    paper.facts(
        (
            (_("Received by"), gift.aggregator.name),
            (_("Permit"), _permit(gift)),
            (_("Received from"), _donor(gift)),
            (_("Received"), _quantity(gift, accepted)),
            (_("In words"), _in_words(gift, accepted)),
            (_("Confirmed"), moment(decided)),
            (_("Programme"), f"{gift.programme.name}, {gift.programme.organiser}"),
            (_("Phase"), number(gift.phase.number)),
            (_("Given for"), _earmark(gift)),
            (_("Code"), gift.code),
        )
    )
    paper.qr(address, _("Scan this code to see which places the gift has reached."))
    return paper


def _donor(gift: Gift) -> str:
    is_anonymous = gift.is_anonymous or gift.donor.is_anonymous
    return _("Anonymous donor") if is_anonymous else gift.donor.name


def _permit(gift: Gift) -> str:
    """Return the permit under which the gift was taken, on the day it was."""
    standing, permit = standing_of(
        gift.aggregator,
        area=gift.programme.root_region_id,
        day=in_wib(gift.decided_at or gift.declared_at).date(),
    )
    if permit is None:
        return str(Standing.MISSING.label)
    words = f"{permit.number}, {permit.issuer}"
    return words if standing == Standing.VALID else f"{words} ({standing.label})"


def _quantity(gift: Gift, quantity: int) -> str:
    if gift.is_money or gift.aid_type is None:
        return rupiah(quantity)
    return f"{number(quantity)} {gift.aid_type.counted}"


def _in_words(gift: Gift, quantity: int) -> str:
    unit = _("rupiah") if gift.is_money or gift.aid_type is None else gift.aid_type.counted
    return f"{spelled_out(quantity)} {unit}"


def _earmark(gift: Gift) -> str:
    parts = (gift.aid_type, gift.area, gift.target_kind)
    return " · ".join(part.name for part in parts if part) or _("anything")
