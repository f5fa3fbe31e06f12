from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ksbb.audit.models import Digest
from ksbb.audit.queries_chain import differs_from_published
from ksbb.commitments.models import Movement
from ksbb.needs.models import Need
from ksbb.reports.difference import Difference
from ksbb.reports.integrity import differences
from ksbb.shared.errors import quoted
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Recount every counter and check every seal; exit 1 if anything differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--published", type=Path, help="a file of /sidik.json that was kept elsewhere"
        )

    def handle(self, *, published: Path | None, **options: Any) -> None:
        """Print each difference, or one line that says what agreed."""
        kept = _read(published) if published else []
        found = [*differences(), *(Difference(*one) for one in differs_from_published(kept))]
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
        last = Digest.objects.order_by("number").last()
        if last:
            self.stdout.write(
                _("Sealed up to digest %(number)s: %(digest)s")
                % {"number": number(last.number), "digest": last.digest}
            )


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        digests: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["digests"]
        return [{"number": int(one["number"]), "digest": str(one["digest"])} for one in digests]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CommandError(
            _("%(file)s is no file of published digests. Take the one /sidik.json gives.")
            % {"file": quoted(str(file))}
        ) from error
