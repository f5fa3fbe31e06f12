from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.regions.actions.load_boundaries import Origin, load_boundaries
from ksbb.regions.outline_file import read_outlines
from ksbb.shared import clock
from ksbb.shared.errors import DomainError, quoted


class Command(BaseCommand):
    """`ksbb import_boundaries FILE --licence … --as-of DAY [--source …] [--known-only]`."""

    help = str(gettext_lazy("Load the outlines of regions from a GeoJSON or TopoJSON file."))

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and what is shown with it on the map."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--licence", required=True, help='such as "ODbL 1.0"')
        parser.add_argument("--as-of", required=True, help="day of the outlines: 2020-04-01")
        parser.add_argument("--source", default="", help="whose they are, shown on the map")
        parser.add_argument(
            "--known-only", action="store_true", help="leave out areas that are no known regions"
        )

    def handle(
        self,
        *args: Any,
        file: Path,
        licence: str,
        as_of: str,
        source: str,
        known_only: bool,
        **options: Any,
    ) -> None:
        """Load everything or nothing, and say how much it was."""
        origin = Origin(licence=licence, as_of=_day(as_of), source=source)
        loaded = load_boundaries(
            file=read_outlines(file),
            origin=origin,
            known_only=known_only,
            actor=Actor(channel=Channel.COMMAND),
            now=clock.now(),
        )
        self.stdout.write(
            _(
                "Boundaries: {created} new, {updated} changed, {unchanged} as before, "
                "{left_out} left out."
            ).format(
                created=loaded.created,
                updated=loaded.updated,
                unchanged=loaded.unchanged,
                left_out=loaded.left_out,
            )
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DomainError(
            _("“{typed}” is not a date such as 2020-05-02."), typed=quoted(text)
        ) from None
