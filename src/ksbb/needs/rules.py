from __future__ import annotations

import rules

from ksbb.accounts.rules import is_pokja

rules.add_perm("needs.adjust", is_pokja)
rules.add_perm("needs.verify_target", is_pokja)
rules.add_perm("needs.view_contact", is_pokja)
rules.add_perm("needs.change_contact", is_pokja)
