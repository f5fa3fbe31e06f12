"""Everything `make bench` measures, as tables and as var/bench.json."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.databases import SERVER, VAR, Shelf, database, durability, environment
from benchmarks.sizes import chosen
from benchmarks.table import table

PARTS: Final = (
    "commits",
    "funds",
    "lists",
    "proposals",
    "maps",
    "exports",
    "figures",
    "pages",
    "achievement",
    "views",
    "frames",
)
SEEN: Final = ("views", "frames")
"""Parts of the browser, which run on one engine."""
ALONE: Final = ("allocation", "intake")
"""Parts that touch none of our tables, and so run once."""
OUT: Final = VAR / "bench.json"


def main() -> None:
    """Measure part by part, print as it goes, and keep the whole."""
    chosen()
    wanted = parts()
    begun = time.monotonic()
    engines = (["postgresql"] if SERVER else []) + ["sqlite"]
    found: dict[str, Any] = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "size": os.environ.get("BENCH") or "default",
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgresql": durability() if SERVER else None,
        "parts": {},
    }
    for engine in engines:
        with ExitStack() as stack:
            shelf = Shelf(engine, stack)
            for part in filter(wanted.__contains__, PARTS):
                # What a phone sees is the same whatever stands behind it.
                if part in SEEN and engine != engines[0]:
                    continue
                cases = run(part, shelf)
                found["parts"][f"{part} on {engine}"] = cases
                print(table(f"{part} on {engine}", cases), flush=True)
    for part in filter(wanted.__contains__, ALONE):
        cases = run_alone(part)
        found["parts"][part] = cases
        print(table(part, cases), flush=True)
    VAR.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    minutes = (time.monotonic() - begun) / 60
    print(f"Took {minutes:.1f} minutes; written to {OUT.relative_to(VAR.parent)}.")


def parts() -> set[str]:
    """Return the parts that PART names, all of them without it. Exits for an unknown one."""
    known = (*PARTS, *ALONE)
    wanted = set(os.environ.get("PART", "").split()) or set(known)
    if unknown := wanted - set(known):
        message = f"PART names {', '.join(sorted(unknown))}. There are: {', '.join(known)}."
        raise SystemExit(message)
    return wanted


def run_alone(part: str) -> list[dict[str, Any]]:
    """Return what a part found that needs no database, measured in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "cases.json"
        command = [sys.executable, "-m", "benchmarks.alone", part, str(out)]
        subprocess.run(command, check=True)  # noqa: S603 - our own command
        cases: list[dict[str, Any]] = json.loads(out.read_text())
        return cases


def run(part: str, shelf: Shelf) -> list[dict[str, Any]]:
    """Return what a part found on the books of one engine, measured in a process of its own."""
    books = shelf.take(chosen().books(part, shelf.engine))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        out = Path(folder) / "cases.json"
        url = next(iter(books.values()), "")
        told = environment(url or stack.enter_context(database(shelf.engine, part)), books)
        command = [sys.executable, "-m", "benchmarks.part", part, str(out)]
        subprocess.run(command, env=told, check=True)  # noqa: S603 - our own command
        cases: list[dict[str, Any]] = json.loads(out.read_text())
        return cases


if __name__ == "__main__":
    main()
