from __future__ import annotations

from typing import TYPE_CHECKING, NewType

from django.db import connection
from django.utils.translation import gettext as _

from ksbb.funds.models import Account, BankAccount, BankRow, Gift
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

_CLOSING = "SELECT pg_advisory_xact_lock(hashtextextended('funds.close.' || %s, 0))"
"""Migration 0005 takes the same lock shared, whenever something is posted."""

LockedGift = NewType("LockedGift", Gift)
"""A gift whose row this transaction holds: nobody else decides on it meanwhile."""

LockedAccount = NewType("LockedAccount", Account)
"""An account whose row this transaction holds: its balance stays as read."""

LockedBankRow = NewType("LockedBankRow", BankRow)
"""A bank row this transaction holds: nobody else says meanwhile what it is."""


class UnknownGiftError(DomainError):
    """No gift has this key."""


def lock_gift(gift_id: int) -> LockedGift:
    """Lock one gift and return its fresh row."""
    row = (
        Gift.objects.select_for_update(of=("self",), no_key=True)
        .select_related("donor", "aggregator", "programme", "phase")
        .filter(pk=gift_id)
        .first()
    )
    if row is None:
        raise UnknownGiftError(_("This gift does not exist."))
    return LockedGift(row)


def lock_gifts(keys: Collection[int]) -> list[LockedGift]:
    """Lock gifts in the order of their keys and return their fresh rows."""
    rows = Gift.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    found = [LockedGift(row) for row in rows.select_related("donor").order_by("pk")]
    if len(found) != len(set(keys)):
        raise UnknownGiftError(_("This gift does not exist."))
    return found


def lock_accounts(accounts: QuerySet[Account]) -> list[LockedAccount]:
    """Lock accounts in the order of their keys and return their fresh rows.

    Whoever takes from an account asks for it this way first, and then looks at the balance.
    """
    held = accounts.select_for_update(of=("self",), no_key=True).order_by("pk")
    return [LockedAccount(account) for account in held]


def lock_bank_account(account_id: int) -> BankAccount:
    """Lock one bank account, whose rows come in under it, and return its fresh row."""
    return BankAccount.objects.select_for_update(no_key=True).get(pk=account_id)


def lock_bank_row(row_id: int) -> LockedBankRow:
    """Lock one bank row and return it; before its gift, wherever both are locked."""
    rows = BankRow.objects.select_for_update(of=("self",), no_key=True)
    return LockedBankRow(rows.select_related("account").get(pk=row_id))


def lock_closing(aggregator_id: int) -> None:
    """Wait until nothing is being posted for an aggregator, and let nothing be until the end.

    The last lock of a transaction: whoever posts takes it behind all others. SQLite has one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_CLOSING, [aggregator_id])
