"""Places that were entered by mistake, as long as nobody has done anything with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from ksbb.needs.models import Target
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Collection


class PlaceInUseError(DomainError):
    """Something was built on a place, so it cannot go."""


@transaction.atomic
def withdraw(target_ids: Collection[int]) -> None:
    """Take places away; a step of a larger action, which writes the audit row.

    Raises PlaceInUseError where anything points at one of them.
    """
    try:
        Target.objects.filter(pk__in=target_ids).delete()
    except ProtectedError as error:
        place = next(iter(error.protected_objects), None)
        raise PlaceInUseError(
            _("Something was built on one of these places meanwhile (%(what)s).")
            % {"what": place._meta.verbose_name if place else "–"}
        ) from error
