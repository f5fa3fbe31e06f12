"""Everything `make bench` measures, as tables and as var/bench.json."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.databases import SERVER, VAR, databases, durability, environment
from benchmarks.sizes import chosen
from benchmarks.table import table

PARTS: Final = (
    "commits",
    "lists",
    "proposals",
    "maps",
    "exports",
    "figures",
    "pages",
    "achievement",
    "views",
)
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
    for part in filter(wanted.__contains__, PARTS):
        # What a phone sees first is the same whatever stands behind it.
        for engine in engines[-1:] if part == "views" else engines:
            cases = _run(part, engine)
            found["parts"][f"{part} on {engine}"] = cases
            print(table(f"{part} on {engine}", cases), flush=True)
    for part in filter(wanted.__contains__, ALONE):
        cases = _run_alone(part)
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


def _run_alone(part: str) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "cases.json"
        command = [sys.executable, "-m", "benchmarks.alone", part, str(out)]
        subprocess.run(command, check=True)  # noqa: S603 - our own command
        cases: list[dict[str, Any]] = json.loads(out.read_text())
        return cases


def _run(part: str, engine: str) -> list[dict[str, Any]]:
    count = chosen().books(part, engine)
    with tempfile.TemporaryDirectory() as folder, databases(engine, count) as urls:
        out = Path(folder) / "cases.json"
        command = [sys.executable, "-m", "benchmarks.part", part, str(out)]
        subprocess.run(command, env=environment(urls), check=True)  # noqa: S603 - our own command
        cases: list[dict[str, Any]] = json.loads(out.read_text())
        return cases


if __name__ == "__main__":
    main()
