"""One of several processes that commit side by side; the test kills some of them in the middle.

Its orders stand as JSON in its only argument. It prints "stopped" at the job where it is to stop,
and waits there to be killed.
"""

from __future__ import annotations

import json
import signal
import sys
from contextlib import nullcontext
from datetime import datetime
from typing import Any

import django

django.setup()

from django.db import OperationalError, transaction  # noqa: E402 - Django is set up first

from ksbb.audit.actors import Actor  # noqa: E402 - as above
from ksbb.audit.enums import Channel  # noqa: E402 - as above
from ksbb.collaborators.models import Collaborator  # noqa: E402 - as above
from ksbb.commitments.actions.promise import promise  # noqa: E402 - as above
from ksbb.commitments.actions.reserve import LineRequest  # noqa: E402 - as above
from ksbb.commitments.actions.submit import Plan  # noqa: E402 - as above
from ksbb.programmes.models import Programme  # noqa: E402 - as above
from ksbb.shared.busy import is_busy  # noqa: E402 - as above
from tests.concurrency.jobs import key_of, lines_of  # noqa: E402 - as above

NOW = datetime.fromisoformat("2020-05-01T12:00:00+07:00")


def main(*, needs: list[int], jobs: list[int], stop_at: int, inside: bool) -> None:
    """Commit every job, and stop at one: inside its transaction, or when it has just ended."""
    programme, giver = Programme.objects.get(), Collaborator.objects.get()
    for job in jobs:
        lines = [LineRequest(needs[place], count) for place, count in lines_of(job).items()]
        around = transaction.atomic() if job == stop_at and inside else nullcontext()
        with around:
            send(programme=programme, giver=giver, lines=lines, idempotency_key=key_of(job))
            if job == stop_at and inside:
                stop()
        if job == stop_at:
            stop()


def send(**order: Any) -> None:
    """Send one promise, and the very same again where the database was too busy."""
    plan = Plan(planned_for=NOW.date(), delivery_window="", statement_accepted=True)
    while True:
        try:
            promise(plan=plan, actor=Actor(channel=Channel.COMMAND), now=NOW, **order)
        except OperationalError as error:
            if not is_busy(error):
                raise
        else:
            return


def stop() -> None:
    """Say so and do nothing any more."""
    print("stopped", flush=True)  # noqa: T201 - the test waits for it
    signal.pause()


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
