from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ksbb.reports.actions.close_days import close_days, reopen_days
from ksbb.shared import clock
from ksbb.shared.formats import number


class Command(BaseCommand):
    help = "Add up the days that are over, so that figures of any moment are found fast."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the option that mends closings which do not agree with the ledgers."""
        parser.add_argument(
            "--rebuild", action="store_true", help="throw all closings away and make them again"
        )

    def handle(self, *args: Any, rebuild: bool, **options: Any) -> None:
        """Close what is over and say how many days it was."""
        if rebuild:
            reopen_days()
        closed = close_days(now=clock.now())
        self.stdout.write(_("Days closed: %(count)s.") % {"count": number(closed)})
