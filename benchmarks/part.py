"""One part on one engine, in a process of its own: `python -m benchmarks.part commits OUT.json`."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import django

from benchmarks.sizes import chosen

if __name__ == "__main__":
    part, out = sys.argv[1:]
    django.setup()
    cases = import_module(f"benchmarks.{part}").measure(chosen())
    Path(out).write_text(json.dumps([case.summary() for case in cases]))
