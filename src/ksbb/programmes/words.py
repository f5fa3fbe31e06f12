"""Names of things of a programme as every door says them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ksbb.programmes.models import Phase
from ksbb.shared.formats import span


def phase_name(phase: Phase) -> str:
    """Return “Phase 4 (15–23 May 2020)”."""
    return _("Phase %(number)s (%(days)s)") % {
        "number": phase.number,
        "days": span(phase.starts_on, phase.ends_on),
    }
