from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.demo.load import Summary, load_scenario
from ksbb.demo.people import ACCOUNTS, PASSWORD
from ksbb.shared import clock
from ksbb.shared.formats import listing, moment, number

SEED = 1441


class Command(BaseCommand):
    """`ksbb seed_demo [--scale N] [--seed S]`."""

    help = str(gettext_lazy("Load the example scenario of Ramadan 2020 into an empty database."))

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how often the scenario is written and where its chance begins."""
        parser.add_argument("--scale", type=int, default=1, help=_("so many times the places"))
        parser.add_argument("--seed", type=int, default=SEED, help=_("same seed, same rows"))

    def handle(self, *args: Any, scale: int, seed: int, **options: Any) -> None:
        """Load all or nothing, and say what was loaded and who can log in."""
        if not settings.DEMO:
            raise CommandError(
                _(
                    "seed_demo makes accounts whose password everybody knows, so it runs in the "
                    "demo only. Set KSBB_DEMO=1 and use a database of its own."
                ),
                returncode=2,
            )
        self._report(load_scenario(seed=seed, scale=scale, now=clock.now()))

    def _report(self, summary: Summary) -> None:
        self.stdout.write(
            _(
                "Example data: {targets} places, {needs} needs, {commitments} commitments, "
                "{movements} movements."
            ).format(
                targets=number(summary.targets),
                needs=number(summary.needs),
                commitments=number(summary.commitments),
                movements=number(summary.movements),
            )
        )
        moments = listing([moment(at) for at in summary.proved])
        self.stdout.write(
            _("The published figures are met as of {moments}.").format(moments=moments)
        )
        self.stdout.write(_("Accounts, password {password}:").format(password=PASSWORD))
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email}  {account.duty}")
