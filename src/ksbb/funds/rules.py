from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from ksbb.collaborators.enums import Verification

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ksbb.accounts.models import User
    from ksbb.collaborators.models import Collaborator
    from ksbb.funds.models import Gift


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def acts_for_aggregator(user: User | AnonymousUser, aggregator: Collaborator | None = None) -> bool:
    """Whether the user keeps the book of an aggregator, which nobody has refused.

    Without an aggregator: whether the question can be asked at all, which takes an account.
    """
    if aggregator is None or not user.is_authenticated:
        return user.is_authenticated
    is_refused = aggregator.verification == Verification.REFUSED
    belongs = aggregator.memberships.filter(user=user.pk).exists()
    return aggregator.is_aggregator and not is_refused and belongs


rules.add_perm("funds.keep_book", acts_for_aggregator)


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def has_part_in(user: User | AnonymousUser, gift: Gift | None = None) -> bool:
    """Whether the user acts for the donor of a gift, or keeps the book of its aggregator.

    Without a gift: whether the question can be asked at all, which takes an account.
    """
    if gift is None or not user.is_authenticated:
        return user.is_authenticated
    is_refused = gift.donor.verification == Verification.REFUSED
    gives = not is_refused and gift.donor.memberships.filter(user=user.pk).exists()
    return gives or acts_for_aggregator(user, gift.aggregator)


rules.add_perm("funds.view_own_gift", has_part_in)
