"""Processes that are killed in the middle lose nothing and leave nothing done twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction

from ksbb.audit.models import Entry
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.needs.models import Need
from ksbb.reports.integrity import differences
from tests.concurrency.jobs import JOBS, NEEDS, demand, key_of, lines_of
from tests.factories.collaborators import make_collaborator
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[2]
WORKERS = 8
NOWHERE = -1


def address() -> str:
    """Return the DATABASE_URL of the database under test."""
    at = connection.settings_dict
    login = f"{quote(at['USER'])}:{quote(at['PASSWORD'])}@{at['HOST']}:{at['PORT']}"
    # A killed process is no power cut: the server need not wait for the disk.
    options = quote("-c lock_timeout=30s -c synchronous_commit=off")
    urls = {
        "sqlite": f"sqlite:///{at['NAME']}",
        "postgresql": f"postgres://{login}/{at['NAME']}?options={options}",
    }
    return urls[connection.vendor]


def start(orders: Mapping[str, Any]) -> subprocess.Popen[str]:
    """Start a process of its own for these orders."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ksbb.config.settings",
        "KSBB_DEMO": "1",
        "DATABASE_URL": address(),
    }
    return subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-m", "tests.concurrency.worker", json.dumps(orders)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def work_through(orders: Mapping[str, Any]) -> int:
    """Let one process do all its jobs; return its exit code."""
    with start(orders) as worker:
        return worker.wait()


def kill_and_replace(orders: Mapping[str, Any], *, stop_at: int, inside: bool) -> int:
    """Kill the process where it stopped; a successor begins from the start with the same keys."""
    with start({**orders, "stop_at": stop_at, "inside": inside}) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == "stopped\n"
        worker.kill()
        assert worker.wait() == -signal.SIGKILL
    return work_through(orders)


def test_1000_commitments_of_killed_and_repeated_workers_stand_exactly_once() -> None:
    total = demand()
    with transaction.atomic():
        needs = [make_need(total[place]) for place in range(NEEDS)]
        make_collaborator()
    shares = [list(range(worker, JOBS, WORKERS)) for worker in range(WORKERS)]
    orders = [
        {"needs": [need.pk for need in needs], "jobs": jobs, "stop_at": NOWHERE, "inside": False}
        for jobs in shares
    ]
    lives = [
        partial(kill_and_replace, orders[0], stop_at=shares[0][20], inside=True),
        partial(kill_and_replace, orders[1], stop_at=shares[1][40], inside=True),
        partial(kill_and_replace, orders[2], stop_at=shares[2][60], inside=False),
        *(partial(work_through, mine) for mine in orders[3:]),
    ]

    with ThreadPoolExecutor(len(lives)) as pool:
        ends = [one.result() for one in [pool.submit(life) for life in lives]]

    assert ends == [0] * len(lives)
    assert Commitment.objects.count() == JOBS
    assert written() == {key_of(job): lines_of(job) for job in range(JOBS)}
    assert set(Need.objects.values_list("open", flat=True)) == {0}
    assert [*faults(), *differences()] == []


def written() -> dict[str, dict[int, int]]:
    """Return what stands on the book under each key: quantity by the place of the need."""
    places = {
        key: at for at, key in enumerate(Need.objects.order_by("pk").values_list("pk", flat=True))
    }
    lines: dict[str, dict[int, int]] = {}
    for line in CommitmentLine.objects.all():
        lines.setdefault(str(line.commitment_id), {})[places[line.need_id]] = line.committed
    entries = Entry.objects.filter(idempotency_key__startswith="kerja-")
    return {str(entry.idempotency_key): lines[entry.object_id] for entry in entries}
