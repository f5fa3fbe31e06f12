from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q

from ksbb.accounts.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet


def guarded_accounts() -> QuerySet[User]:
    """Return the accounts that decide for the city, and those that keep a second factor."""
    kept = Authenticator.objects.filter(user=OuterRef("pk"))
    decides = ~Q(role="") | Q(is_staff=True) | Q(is_superuser=True)
    return (
        User.objects.filter(decides | Exists(kept))
        .prefetch_related("authenticator_set")
        .order_by("email")
    )
