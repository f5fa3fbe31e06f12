from __future__ import annotations

from datetime import timedelta
from typing import Final

import rules

from ksbb.accounts.rules import is_pokja

SILENCE: Final = timedelta(minutes=2)
"""After so long without a sign of life the work on a file is taken over by another worker."""

rules.add_perm("batches.import", is_pokja)
