"""One book for the parts that read it: `python -m benchmarks.fill TARGETS MOVEMENTS`."""

from __future__ import annotations

import sys

import django
from django.db import connection

if __name__ == "__main__":
    django.setup()

    from benchmarks.ground import lay
    from benchmarks.setting import NOW
    from ksbb.reports.actions.close_days import close_days

    targets, movements = map(int, sys.argv[1:])
    lay(targets=targets, movements=movements)
    close_days(now=NOW)
    with connection.cursor() as cursor:
        # Whatever the engine would tidy up by itself later is not to be measured.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
