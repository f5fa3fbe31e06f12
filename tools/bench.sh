#!/bin/sh
# The benchmarks, on a PostgreSQL that keeps its promises (fsync on).
set -eu
cd "$(dirname "$0")/.."
. tools/services.sh

durable=yes
find_postgresql
[ -n "$postgresql" ] ||
    echo "No PostgreSQL: its rows are missing (apt-get install postgresql)." >&2
find_chromium
[ -n "$KSBB_CHROMIUM" ] || echo "No Chromium: the first views are missing." >&2
KSBB_BENCH_POSTGRES=$postgresql .venv/bin/python -m benchmarks
