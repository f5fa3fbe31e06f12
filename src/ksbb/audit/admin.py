from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from ksbb.audit.models import Entry

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin[Entry]):
    """A reading room: nothing can be added, changed or removed here."""

    list_display = ("at", "action", "object_type", "object_id", "actor", "channel")
    list_filter = ("channel", "action")
    list_select_related = ("actor",)
    search_fields = ("object_id", "reason")
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody writes the record by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """Nobody rewrites the record."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """Nobody removes from the record."""
        return False
