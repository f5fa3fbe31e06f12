"""Accounts of the demo. Their password is public, so they are made in the demo only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ksbb.accounts.enums import Role
from ksbb.accounts.models import User
from ksbb.collaborators.enums import MemberRole
from ksbb.collaborators.models import Collaborator, Membership
from ksbb.demo.cast import BBN

PASSWORD: Final = "contoh-1441"  # noqa: S105 - public, printed by the command


@dataclass(frozen=True)
class Account:
    """An account and, in the reader's language, what it is for."""

    email: str
    name: str
    duty: str | Promise
    fields: dict[str, Any]


ACCOUNTS: Final = (
    Account(
        "pokja@contoh.example",
        "Petugas Pokja (contoh)",
        _("working group: verifies collaborators, accepts commitments"),
        {"role": Role.POKJA},
    ),
    Account(
        "admin@contoh.example",
        "Administrator (contoh)",
        _("administrator: everything, and the pages under /admin/"),
        {"role": Role.ADMIN, "is_staff": True, "is_superuser": True},
    ),
    Account(
        "bbn@contoh.example",
        "Relawan BBN (contoh)",
        _("member of Barisan Bangun Negeri"),
        {},
    ),
)


def write_people() -> None:
    """Create the accounts and make one of them a member of Barisan Bangun Negeri."""
    for account in ACCOUNTS:
        user = User.objects.create_user(
            account.email, PASSWORD, name=account.name, **account.fields
        )
        if account.email.startswith("bbn@"):
            Membership.objects.create(
                user=user,
                collaborator=Collaborator.objects.get(slug=BBN.slug),
                role=MemberRole.OWNER,
            )
