from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.regions.actions.load import load
from ksbb.regions.region_file import read_aliases, read_regions
from ksbb.shared import clock


class Command(BaseCommand):
    """`ksbb import_regions FILE [--aliases FILE]`."""

    help = str(
        gettext_lazy("Load regions from a csv file: code,name,level,parent_code[,lat,lon,postal].")
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file of regions and, with it, other spellings of their names."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--aliases", type=Path, help="csv: variant,code")

    def handle(self, *args: Any, file: Path, aliases: Path | None = None, **options: Any) -> None:
        """Load everything or nothing, and say how much it was."""
        loaded = load(
            regions=read_regions(file),
            aliases=read_aliases(aliases) if aliases else None,
            actor=Actor(channel=Channel.COMMAND),
            now=clock.now(),
        )
        self.stdout.write(
            _(
                "Regions: {created} new, {updated} changed, {unchanged} as before. "
                "Other spellings: {aliases} new."
            ).format(
                created=loaded.created,
                updated=loaded.updated,
                unchanged=loaded.unchanged,
                aliases=loaded.aliases,
            )
        )
