from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from ksbb.collaborators.enums import Verification

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ksbb.accounts.models import User
    from ksbb.collaborators.models import Collaborator


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
