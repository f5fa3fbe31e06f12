from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.funds.actions.free import expire_due
from ksbb.shared.clock import now
from ksbb.shared.formats import number


class Command(BaseCommand):
    help = "Free the quantity of every commitment whose clock has run out."

    def handle(self, *args: Any, **options: Any) -> None:
        """Expire what is due and print the codes."""
        expired = expire_due(actor=Actor(channel=Channel.COMMAND), now=now())
        for commitment in expired:
            self.stdout.write(commitment.code)
        self.stdout.write(_("%(count)s commitments expired.") % {"count": number(len(expired))})
