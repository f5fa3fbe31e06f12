"""What the objects of audit entries are called, for whoever reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from typing import Any, Final

from django.core.exceptions import ValidationError

from ksbb.audit.models import Entry
from ksbb.backoffice.wording import kind_of, model_of

Names = dict[tuple[str, str], str]

NAMED_BY: Final = {
    "collaborators.collaboratorcontact": ("collaborator",),
    "collaborators.invitation": ("collaborator",),
    "collaborators.membership": ("user", "collaborator"),
    "deliveries.delivery": ("commitment", "target"),
    "deliveries.receiptlink": ("delivery__commitment", "delivery__target"),
    "deliveries.receipt": ("delivery__commitment", "delivery__target"),
    "funds.lot": ("aggregator", "aid_type"),
    "needs.need": ("target", "aid_type", "phase"),
    "needs.targetcontact": ("target",),
    "rights.posting": ("user", "region"),
}
"""Rows without a name of their own, and what they are known by."""


def names_of(entries: Iterable[Entry]) -> Names:
    """Return kind and name by table and key, with one question a table.

    What was erased meanwhile, or stands in no table any more, keeps its key for a name.
    """
    keys: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        keys[entry.object_type].add(entry.object_id)
    names: Names = {}
    for kind, wanted in keys.items():
        found = _found(kind, wanted)
        for key in wanted:
            names[kind, key] = _with_kind(kind_of(kind), found.get(key) or key)
    return names


def _found(kind: str, keys: set[str]) -> dict[str, str]:
    model = model_of(kind)
    if model is None:
        return {}
    paths = NAMED_BY.get(kind, ())
    rows = model._default_manager.select_related(*paths)  # noqa: SLF001 - documented
    try:
        found = rows.in_bulk(keys)
    except (ValueError, ValidationError):
        return {}
    return {str(key): _name(row, paths) for key, row in found.items()}


def _name(row: Any, paths: tuple[str, ...]) -> str:
    parts = (reduce(getattr, path.split("__"), row) for path in paths)
    return ", ".join(str(part) for part in parts if part) or str(row)


def _with_kind(kind: str, name: str) -> str:
    return name if name.casefold().startswith(kind.casefold()) else f"{kind} {name}"
