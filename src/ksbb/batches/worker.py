"""A process of its own for large files: started when there is work, gone when there is none."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import Final

from ksbb.batches.actions.queue import wants_worker

LOG: Final = logging.getLogger(__name__)

_COMMAND: Final = (
    sys.executable,
    "-c",
    "from ksbb.config.cli import main; main()",
    "work_batches",
)


def see_to_it(batch_id: int) -> None:
    """Start a worker unless one gives signs of life; the page that tells of progress asks too.

    It outlives the server process that starts it. Where it cannot be started the file waits for
    the next page or for `ksbb work_batches`.
    """
    if not wants_worker(batch_id):
        return
    try:
        subprocess.Popen(  # noqa: S603 - our own command, without anything from outside
            _COMMAND, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        LOG.warning("No worker for file %s: %s", batch_id, error)
