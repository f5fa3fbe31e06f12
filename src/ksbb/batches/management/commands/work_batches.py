from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ksbb.batches import inbox
from ksbb.batches.actions.queue import claim_writing, write_queued
from ksbb.batches.actions.read import TakenOverError, claim_reading, read
from ksbb.shared import clock
from ksbb.shared.formats import number


class Command(BaseCommand):
    help = "Read and write the files of targets that wait, then end."

    def handle(self, *args: Any, **options: Any) -> None:
        """Take one file after the other until none waits."""
        inbox.throw_away_old()
        count = 0
        while self._read_one() or self._write_one():
            count += 1
        self.stdout.write(_("%(count)s files done.") % {"count": number(count)})

    def _read_one(self) -> bool:
        batch = claim_reading()
        if batch is None:
            return False
        try:
            read(batch, today=clock.now().date())
        except TakenOverError as error:
            self.stderr.write(str(error))
        return True

    def _write_one(self) -> bool:
        batch = claim_writing()
        if batch is None:
            return False
        write_queued(batch, now=clock.now())
        return True
