from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ksbb.audit.actions.seal import seal
from ksbb.audit.chain import plain
from ksbb.shared import clock
from ksbb.shared.errors import DomainError


class Command(BaseCommand):
    help = "Chain what was written since the last time, and print the digest to publish."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal and say so; nothing new is no mistake."""
        try:
            made = seal(now=clock.now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        if made is None:
            self.stdout.write(_("Nothing new to seal."))
            return
        self.stdout.write(f"{made.number} {plain(made.at)} {made.digest}")
