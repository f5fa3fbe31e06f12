"""Names of things of a programme as every door says them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ksbb.programmes.models import AidType, Phase
from ksbb.shared.formats import number, rupiah, span


def phase_name(phase: Phase) -> str:
    """Return “Phase 4 (15–23 May 2020)”."""
    return _("Phase %(number)s (%(days)s)") % {
        "number": phase.number,
        "days": span(phase.starts_on, phase.ends_on),
    }


def amount(quantity: int, aid_type: AidType | None) -> str:
    """Return a quantity as it is written: money as rupiah, everything else as a number."""
    return rupiah(quantity) if aid_type and aid_type.is_money else number(quantity)


def counted(quantity: int, aid_type: AidType) -> str:
    """Return “600 staple food packages”, or “IDR 600,000,000 capital loan” where it is money."""
    return f"{amount(quantity, aid_type)} {aid_type.counted}"
