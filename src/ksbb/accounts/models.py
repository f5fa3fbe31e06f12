from __future__ import annotations

from typing import Any, ClassVar

import rules
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ksbb.accounts.enums import Role
from ksbb.accounts.rules import WITHOUT_SECOND_FACTOR, holds_office


class UserManager(BaseUserManager["User"]):
    """Makes accounts known by their e-mail address, which is kept in lower case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a saved account; without a password nobody can log in with one."""
        user = self.model(email=self.model.normalize_username(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return an administrator (Django's `createsuperuser` calls this)."""
        fields |= {"is_staff": True, "is_superuser": True, "role": Role.ADMIN}
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find an account whatever the case its address was typed in."""
        return self.get(email=self.model.normalize_username(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Receivers and visitors need none."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.NONE, blank=True)
    is_staff = models.BooleanField(_("may open the administration pages"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    awaits_second_factor = False
    """Whether this session has shown one factor and must show a second; set for each request."""

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("email",)

    def __str__(self) -> str:
        return self.name or self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Answer as Django does; who is still to show a second factor may do nothing else.

        About an object only our rules speak: a superuser is no member of every giver.
        """
        if self.awaits_second_factor and perm not in WITHOUT_SECOND_FACTOR:
            return False
        if obj is not None:
            return bool(rules.has_perm(perm, self, obj))
        return super().has_perm(perm, obj)

    @cached_property
    def has_second_factor(self) -> bool:
        """Whether something besides password and mailbox is tied to the account.

        For a donor a passkey is another way in and not a duty; an officer who has one shows it.
        """
        kinds = {one.type for one in self.factors}
        return "totp" in kinds or ("webauthn" in kinds and holds_office(self))

    @property
    def factors(self) -> list[Any]:
        """Return what is tied to the account besides its password and its mailbox."""
        return list(self.authenticator_set.all())  # type: ignore[attr-defined]  # of a library

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """Return the one form in which an address is kept, whatever it was typed like."""
        return super().normalize_username(username).strip().lower()
