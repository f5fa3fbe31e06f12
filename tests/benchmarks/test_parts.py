"""What `make bench` measures can be measured: each part runs, at a size that says nothing.

But for the parts that are seen in a browser, whose pages the journeys open anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from benchmarks.__main__ import ALONE, PARTS, SEEN, run, run_alone
from benchmarks.databases import Shelf


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    """Keep the one small book for all parts, on SQLite."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BENCH", "tiny")
        patch.delenv("KSBB_BENCH_POSTGRES", raising=False)
        yield Shelf("sqlite", stack)


@pytest.mark.parametrize("part", [part for part in PARTS if part not in SEEN])
def test_a_part_runs_on_a_small_book(part: str, shelf: Shelf) -> None:
    assert [case["case"] for case in run(part, shelf) if not case["median"]] == []


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("part", ALONE)
def test_a_part_without_a_database_runs(part: str) -> None:
    assert run_alone(part) != []
