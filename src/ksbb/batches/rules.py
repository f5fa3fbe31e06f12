"""Whose turn it is with a file: its officer prepares it, then the working group decides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import rules

from ksbb.accounts.rules import is_pokja
from ksbb.rights.rules import is_area_officer, watches

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ksbb.accounts.models import User
    from ksbb.batches.models import Batch

SILENCE: Final = timedelta(minutes=2)
"""After so long without a sign of life the work on a file is taken over by another worker."""


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def in_own_area(user: User | AnonymousUser, batch: Batch | None = None) -> bool:
    """Whether a file is about an area of the officer; without one, whether they have any."""
    return is_area_officer(user) if batch is None else watches(user, batch.area_id or "")


@rules.predicate  # type: ignore[untyped-decorator]  # as above
def is_handed_in(_user: User | AnonymousUser, batch: Batch | None = None) -> bool:
    """Whether the working group has the file; without one there is nothing to wait for."""
    return batch is None or batch.handed_in_at is not None


@rules.predicate  # type: ignore[untyped-decorator]  # as above
def is_prepared(_user: User | AnonymousUser, batch: Batch | None = None) -> bool:
    """Whether the officer of the area still has the file."""
    return batch is None or batch.handed_in_at is None


rules.add_perm("batches.import", is_pokja & is_handed_in)
rules.add_perm("batches.hand_in", in_own_area & is_prepared)
rules.add_perm("batches.prepare", (is_pokja & is_handed_in) | (in_own_area & is_prepared))
rules.add_perm("batches.view", is_pokja | in_own_area)
