from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from ksbb.accounts.rules import is_pokja
from ksbb.rights.rules import is_area_officer, watches

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ksbb.accounts.models import User
    from ksbb.deliveries.models import Delivery


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def comes_to_own_area(user: User | AnonymousUser, delivery: Delivery | None = None) -> bool:
    """Whether a delivery goes to an area of the officer; without one, whether they have any."""
    return is_area_officer(user) if delivery is None else watches(user, delivery.target.region_id)


rules.add_perm("deliveries.watch", is_pokja | comes_to_own_area)
rules.add_perm("deliveries.record", is_pokja)
rules.add_perm("deliveries.correct", is_pokja)
rules.add_perm("deliveries.settle", is_pokja)
