from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from ksbb.commitments.models import Commitment, Movement

if TYPE_CHECKING:
    from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin[Commitment]):
    """Shows rows that only actions may write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows come from actions."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Rows are written by actions and triggers."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nothing leaves the book."""
        return False


@admin.register(Commitment)
class CommitmentAdmin(ReadOnlyAdmin):
    list_display = ("code", "collaborator", "state", "created_at", "due_at", "planned_for")
    list_filter = ("state", "programme")
    list_select_related = ("collaborator",)
    search_fields = ("code", "collaborator__name")


@admin.register(Movement)
class MovementAdmin(ReadOnlyAdmin):
    list_display = ("at", "line", "stage", "delta", "reason")
    list_filter = ("stage", "reason")
    list_select_related = ("line",)
