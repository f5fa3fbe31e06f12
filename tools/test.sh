#!/bin/sh
# The whole suite: once on SQLite with the browser journeys, then what touches the database on
# PostgreSQL. What cannot be had is said loudly, and is a failure where CI is set.
set -eu
cd "$(dirname "$0")/.."
. tools/services.sh

# A file stays in one process: what its tests share, for instance a look at every page, is made once.
# In the order of pytest-django: what drives a browser comes last, as its loop would stop Django.
pytest='.venv/bin/pytest --quiet --numprocesses=auto --dist=loadfile --no-loadscope-reorder'
missing=

find_chromium
[ -n "$KSBB_CHROMIUM" ] || missing="$missing
  Chromium: the browser journeys (apt-get install chromium)"

find_postgresql
[ -n "$postgresql" ] || missing="$missing
  PostgreSQL: its half of the suite (apt-get install postgresql, or set DATABASE_URL)"

echo "== SQLite =="
$pytest

if [ -n "$postgresql" ]; then
    echo "== PostgreSQL =="
    KSBB_TEST_DATABASE=$postgresql $pytest -m 'database and not browser'
fi

if [ -n "$missing" ]; then
    echo "NOT RUN, because it is not on this machine:$missing" >&2
    [ -z "${CI:-}" ] || exit 1
fi
