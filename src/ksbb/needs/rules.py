from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from ksbb.accounts.rules import is_pokja
from ksbb.rights.rules import is_area_officer, watches

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ksbb.accounts.models import User
    from ksbb.needs.models import Need, Target


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def in_own_area(user: User | AnonymousUser, target: Target | None = None) -> bool:
    """Whether the place lies in an area of the officer; without one, whether they have any."""
    return is_area_officer(user) if target is None else watches(user, target.region_id)


@rules.predicate  # type: ignore[untyped-decorator]  # as above
def need_in_own_area(user: User | AnonymousUser, need: Need | None = None) -> bool:
    """Whether a need is that of a place in an area of the officer; asked as `in_own_area` is."""
    return is_area_officer(user) if need is None else watches(user, need.target.region_id)


rules.add_perm("needs.adjust", is_pokja)
rules.add_perm("needs.enter_place", is_pokja)
rules.add_perm("needs.publish", is_pokja)
rules.add_perm("needs.propose", is_pokja | need_in_own_area)
rules.add_perm("needs.verify_target", is_pokja | in_own_area)
rules.add_perm("needs.view_contact", is_pokja)
rules.add_perm("needs.change_contact", is_pokja)
