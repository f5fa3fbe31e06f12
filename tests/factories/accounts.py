"""People with an account."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from ksbb.accounts.enums import Role
from ksbb.accounts.models import User

PASSWORD = "kata-sandi-uji-coba"


def make_user(
    email: str = "", *, role: Role = Role.NONE, is_staff: bool = False, is_superuser: bool = False
) -> User:
    """Return a new account that can log in with PASSWORD; without a role it may nothing special."""
    return User.objects.create_user(
        email or f"orang-{User.objects.count() + 1}@example.org",
        PASSWORD,
        role=role,
        is_staff=is_staff,
        is_superuser=is_superuser,
    )


def make_pokja(email: str = "") -> User:
    """Return a new member of the working group."""
    return make_user(email, role=Role.POKJA)


def make_admin(email: str = "") -> User:
    """Return a new administrator, who may open Django's own pages too."""
    return make_user(email, role=Role.ADMIN, is_staff=True, is_superuser=True)


def make_passkey(user: User) -> Authenticator:
    """Return a row that is enough for a list, and opens nothing."""
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "HP Siti", "credential": {}}
    )
