"""What all changes to a programme have in common: before and after, and the refusal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.audit.models import Entry
    from ksbb.audit.queries import Request

Values = dict[str, Any]
"""Columns of a row by name."""


class SetupRefusedError(DomainError):
    """The change would disturb what stands, or leaves something out."""


def write(
    row: Model,
    values: Mapping[str, Any],
    *,
    action: str,
    actor: Actor,
    now: datetime,
    request: Request,
    reason: str = "",
) -> Entry | None:
    """Write what differs into a row that is held, with before and after; None where nothing does.

    A step of a larger action.
    """
    changes = {
        name: [plain(getattr(row, name)), plain(value)]
        for name, value in values.items()
        if getattr(row, name) != value
    }
    if not changes:
        return None
    for name in changes:
        setattr(row, name, values[name])
    row.save(update_fields=list(changes))
    return record(
        action=action,
        obj=row,
        actor=actor,
        now=now,
        reason=reason,
        changes=changes,
        request=request,
    )


def kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a new row as the audit keeps them."""
    return {name: plain(value) for name, value in values.items() if value not in {"", None}}


def plain(value: object) -> object:
    """Return a value as JSON knows it; a row by its name."""
    if isinstance(value, Model):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def only(values: Mapping[str, Any], allowed: Collection[str]) -> Values:
    """Return the values as they are. Raises ValueError for a column that is not among these."""
    unknown = set(values) - set(allowed)
    if unknown:
        message = f"not to be written here: {sorted(unknown)}"
        raise ValueError(message)
    return dict(values)


def check_named(values: Mapping[str, Any]) -> None:
    """Raise SetupRefusedError where a name is left empty in one of the two languages."""
    names = [name for name in ("name_id", "name_en") if name in values]
    if not all(str(values[name]).strip() for name in names):
        raise SetupRefusedError(_("Write the name in Indonesian and in English."))
