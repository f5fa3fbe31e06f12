from __future__ import annotations

import rules

from ksbb.accounts.rules import is_admin, is_pokja

rules.add_perm("privacy.view_register", is_pokja)
rules.add_perm("privacy.manage", is_admin)
