from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ksbb.collaborators.actions.tell import remind_of_permits
from ksbb.commitments.actions.tell import remind_of_clocks
from ksbb.notices.enums import LetterState
from ksbb.shared.clock import now
from ksbb.shared.formats import number
from ksbb.web.notices import send_waiting


class Command(BaseCommand):
    help = "Remind of what runs out, and send the letters that wait."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many letters were sent, left out and put back; never to whom."""
        moment = now()
        remind_of_clocks(now=moment)
        remind_of_permits(now=moment)
        became = send_waiting(now=moment)
        self.stdout.write(
            _("%(sent)s letters sent, %(dropped)s left out, %(waiting)s to be tried again.")
            % {
                "sent": number(became[LetterState.SENT]),
                "dropped": number(became[LetterState.DROPPED]),
                "waiting": number(became[LetterState.WAITING]),
            }
        )
