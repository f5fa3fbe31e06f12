"""Whether anything outside this package stands on a row, whatever package that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.programmes.apps import ProgrammesConfig

if TYPE_CHECKING:
    from django.db.models import Model


def is_in_use(row: Model) -> bool:
    """Return whether a row of another package points at this one: a need, a lot, a plan."""
    relations = [
        field
        for field in row._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
    ]
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()  # type: ignore[union-attr]  # noqa: SLF001 - a reverse relation has both
        for relation in relations
        if relation.related_model._meta.app_label != ProgrammesConfig.label  # type: ignore[union-attr]  # as above
    )
