"""One part that needs no database: `python -m benchmarks.alone allocation OUT.json`."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.sizes import chosen

if __name__ == "__main__":
    part, out = sys.argv[1:]
    cases = import_module(f"benchmarks.{part}").measure(chosen())
    Path(out).write_text(json.dumps([case.summary() for case in cases]))
