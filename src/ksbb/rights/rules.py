"""Officers of an area: they may inside it what the rules of each thing say, and nothing outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from ksbb.accounts.enums import Role
from ksbb.accounts.rules import has_shown_enough, is_pokja

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ksbb.accounts.models import User


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def is_area_officer(user: User | AnonymousUser) -> bool:
    """Whether the user works for a kelurahan, kecamatan or kota."""
    return has_shown_enough(user) and getattr(user, "role", Role.NONE) == Role.AREA


rules.add_perm("rights.decide_approval", is_pokja)


def watches(user: User | AnonymousUser, region: str) -> bool:
    """Whether the region with this code lies at or below an area the officer is posted to."""
    return is_area_officer(user) and any(
        f"{region}.".startswith(f"{one}.")
        for one in user.postings.values_list("region_id", flat=True)  # type: ignore[union-attr]
    )
