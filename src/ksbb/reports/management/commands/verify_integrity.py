from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ksbb.commitments.models import Movement
from ksbb.needs.models import Need
from ksbb.reports.integrity import differences
from ksbb.shared.formats import number


class Command(BaseCommand):
    help = "Recount every counter from its ledger; exit 1 if anything differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each difference, or one line that says what agreed."""
        found = differences()
        for difference in found:
            self.stdout.write(str(difference))
        if found:
            self.stderr.write(_("%(count)s differences.") % {"count": number(len(found))})
            sys.exit(1)
        self.stdout.write(
            _("The book agrees: %(needs)s needs, %(movements)s movements recounted.")
            % {
                "needs": number(Need.objects.count()),
                "movements": number(Movement.objects.count()),
            }
        )
