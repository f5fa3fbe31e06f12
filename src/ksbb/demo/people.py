"""Accounts of the demo. Their password is public, so they are made in the demo only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ksbb.accounts.enums import Role
from ksbb.accounts.models import User
from ksbb.collaborators.enums import MemberRole, Verification
from ksbb.collaborators.models import Collaborator, Membership
from ksbb.commitments.enums import CLOSED
from ksbb.demo.cast import BBN
from ksbb.demo.rows import PUBLISHED_AT
from ksbb.rights.models import Posting

WATCHED: Final = "31.74.05"

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
        "kecamatan@contoh.example",
        "Petugas Kecamatan (contoh)",
        _("officer of the kecamatan Kebayoran Lama: its places and deliveries only"),
        {"role": Role.AREA},
    ),
    Account(
        "bbn@contoh.example",
        "Relawan BBN (contoh)",
        _("member of Barisan Bangun Negeri"),
        {},
    ),
    Account(
        "agregator@contoh.example",
        "Petugas agregator (contoh)",
        _("keeps the book of BAZNAS/BAZIS DKI Jakarta"),
        {},
    ),
    Account(
        "jne@contoh.example",
        "Petugas pemberi dana (contoh)",
        _("member of JNE, which gave money"),
        {},
    ),
    Account(
        "donatur@contoh.example",
        "Relawan dua donatur (contoh)",
        _("member of two invented donors, with commitments in every state"),
        {},
    ),
)


FOR_ONE: Final = {"bbn": BBN.slug, "agregator": "baznas-bazis-dki", "jne": "jne"}
"""Accounts that act for one collaborator, by its slug."""


def write_people() -> None:
    """Create the accounts, and make two of them members of those they give for."""
    for account in ACCOUNTS:
        user = User.objects.create_user(
            account.email, PASSWORD, name=account.name, **account.fields
        )
        if user.role == Role.AREA:
            Posting.objects.create(user=user, region_id=WATCHED, since=PUBLISHED_AT)
        for giver in _gives_for(account):
            Membership.objects.create(user=user, collaborator=giver, role=MemberRole.OWNER)


def _gives_for(account: Account) -> Iterable[Collaborator]:
    name = account.email.split("@", 1)[0]
    if name in FOR_ONE:
        return Collaborator.objects.filter(slug=FOR_ONE[name])
    return _busiest() if account.email.startswith("donatur@") else ()


def _busiest() -> Iterable[Collaborator]:
    """Return the two invented donors with most to do: in most states, then in most commitments."""
    still_open = ~Q(commitments__state__in=CLOSED)
    return (
        Collaborator.objects.filter(is_example=True, verification=Verification.VERIFIED)
        .annotate(
            states=Count("commitments__state", filter=still_open, distinct=True),
            promises=Count("commitments", filter=still_open, distinct=True),
        )
        .order_by("-states", "-promises", "pk")[:2]
    )
