from __future__ import annotations

import rules

from ksbb.accounts.rules import is_pokja

rules.add_perm("priority.manage", is_pokja)
