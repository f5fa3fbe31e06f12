#!/bin/sh
# Prepares the demo and serves it. HOST, PORT, SERVE=0 (prepare only), RESET=1 (start afresh).
set -eu
cd "$(dirname "$0")/.."

HOST=${HOST:-127.0.0.1} PORT=${PORT:-8000} SERVE=${SERVE:-1} RESET=${RESET:-0}
ksbb=.venv/bin/ksbb
database=var/demo.sqlite3
draft=$database.new
# As old as the last migration, so that a second start has one thing less to do. Without it the
# database was never built whole: other commands leave an empty one when they look.
migrated=var/demo.migrated

# Whatever this shell serves in earnest is not touched.
unset DATABASE_URL SECRET_KEY ALLOWED_HOSTS CACHE_URL EMAIL_URL EMAIL_FROM
export KSBB_DEMO=1

mkdir -p var
if [ "$RESET" = 1 ]; then
    rm -f "$database" "$database"-*
fi

if [ ! -s "$database" ] || [ ! -f "$migrated" ]; then
    # A taken port is said before the work, not after it.
    [ "$SERVE" = 0 ] || $ksbb serve --check --host "$HOST" --port "$PORT"
    echo "Preparing the example data (once) ..."
    # Built under another name: what was interrupted half-way is built again, never served.
    rm -f "$draft" "$draft"-*
    DATABASE_URL="sqlite:///$draft" $ksbb migrate --verbosity 0
    DATABASE_URL="sqlite:///$draft" $ksbb seed_demo
    # Folds the write-ahead log into the file before it gets its name.
    .venv/bin/python -c 'import sqlite3, sys
book = sqlite3.connect(sys.argv[1])
book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
book.close()' "$draft"
    rm -f "$database" "$database"-*
    mv "$draft" "$database"
    rm -f "$draft"-*
    touch "$migrated"
elif [ -n "$(find src/ksbb -path '*/migrations/*.py' -newer "$migrated")" ]; then
    $ksbb migrate --verbosity 0
    touch "$migrated"
fi

if [ "$SERVE" = 0 ]; then
    echo "The demo is ready in $database. Start it with: make demo"
    exit 0
fi
exec $ksbb serve --host "$HOST" --port "$PORT"
