from __future__ import annotations

import rules

from ksbb.accounts.rules import is_pokja

rules.add_perm("collaborators.verify", is_pokja)
rules.add_perm("collaborators.view_contact", is_pokja)
