from __future__ import annotations

import rules

from ksbb.accounts.rules import is_pokja

rules.add_perm("deliveries.record", is_pokja)
rules.add_perm("deliveries.correct", is_pokja)
rules.add_perm("deliveries.settle", is_pokja)
