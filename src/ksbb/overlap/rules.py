from __future__ import annotations

import rules

from ksbb.accounts.rules import is_pokja
from ksbb.needs.rules import in_own_area

rules.add_perm("overlap.enter", is_pokja)
rules.add_perm("overlap.view", is_pokja | in_own_area)
