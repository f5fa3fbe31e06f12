from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from ksbb.funds.models import Gift, Posting

if TYPE_CHECKING:
    from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin[Gift]):
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


@admin.register(Gift)
class GiftAdmin(ReadOnlyAdmin):
    list_display = ("code", "donor", "aggregator", "kind", "state", "declared", "accepted")
    list_filter = ("state", "kind", "programme")
    list_select_related = ("donor", "aggregator")
    search_fields = ("code", "donor__name", "aggregator__name")


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    list_display = ("at", "credit", "debit", "amount", "reason")
    list_filter = ("reason",)
    list_select_related = ("credit", "debit")
