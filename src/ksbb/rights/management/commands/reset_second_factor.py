from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ksbb.accounts.models import User
from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.rights.actions.factors import reset_factors
from ksbb.shared import clock
from ksbb.shared.errors import DomainError, quoted

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """For the last administrator, whom nobody else can help."""

    help = "Take the second factor of an account whose phone is lost; it sets up a new one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address of the account")
        parser.add_argument("--reason", required=True, help="why; kept in the audit")

    def handle(self, *, email: str, reason: str, **options: object) -> None:
        """Reset it with an audit row, or say why not."""
        user = User.objects.filter(email=User.normalize_username(email)).first()
        if user is None:
            raise CommandError(
                _("There is no account with the address “%(email)s”.") % {"email": quoted(email)}
            )
        actor = Actor(channel=Channel.COMMAND)
        try:
            reset_factors(user_id=user.pk, reason=reason, actor=actor, now=clock.now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("The second factor is reset; the next login sets up a new one."))
