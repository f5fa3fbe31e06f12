from __future__ import annotations

from typing import NewType

from django.utils.translation import gettext_lazy as _

from ksbb.programmes.models import Programme
from ksbb.shared.errors import DomainError

LockedProgramme = NewType("LockedProgramme", Programme)
"""A programme whose row this transaction holds, and with it its phases, aid types and rules."""


class GoneError(DomainError):
    """What was to be changed is not there any more."""

    def __init__(self) -> None:
        """Say so in one sentence for all of them."""
        super().__init__(_("This is not here any more. Somebody else may have removed it."))


def lock_programme(programme_id: int) -> LockedProgramme:
    """Return the fresh row of a programme, held until the end of the transaction.

    Raises GoneError where there is none.
    """
    found = Programme.objects.select_for_update(no_key=True).filter(pk=programme_id).first()
    if found is None:
        raise GoneError
    return LockedProgramme(found)
