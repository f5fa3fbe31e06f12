from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.privacy.actions.erase import erase, look
from ksbb.shared import clock
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Print what is kept of one person as JSON, or take it out with --erase."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="e-mail address or phone")
        parser.add_argument("--erase", action="store_true", help="take it out for good")
        parser.add_argument("--reason", default="", help="on whose request; kept in the audit")

    def handle(self, *, who: str, erase: bool, reason: str, **options: object) -> None:
        """Hand out or take out; either leaves an audit row."""
        actor = Actor(channel=Channel.COMMAND)
        try:
            if erase:
                count = _erase(sought=who, reason=reason, actor=actor, now=clock.now())
                said = _("%(count)s rows no longer say who it was.")
                self.stdout.write(said % {"count": number(count)})
                return
            kept = look(sought=who, exports=True, actor=actor, now=clock.now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        text = json.dumps(kept.as_dict(), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        self.stdout.write(text)


_erase = erase
