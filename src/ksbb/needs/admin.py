from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from ksbb.needs.models import Need, NeedAdjustment, Target

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin[Target]):
    """Places. The restricted contact is not shown here: looking at it is logged elsewhere."""

    list_display = ("code", "name", "kind", "families", "residents", "verification")
    list_filter = ("kind", "verification", "is_example")
    list_select_related = ("kind",)
    search_fields = ("code", "name")
    raw_id_fields = ("region",)
    # Decisions of the desk, with an audit row, not of this page: needs are reckoned from counts.
    readonly_fields = ("verification", "families", "residents", "source", "counted_on")


class ReadOnlyAdmin(admin.ModelAdmin[Need]):
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


@admin.register(Need)
class NeedAdmin(ReadOnlyAdmin):
    list_display = ("target", "phase", "aid_type", "quantity", "committed", "delivered", "received")
    list_filter = ("aid_type", "phase")
    list_select_related = ("target", "phase", "aid_type")
    search_fields = ("target__code", "target__name")


@admin.register(NeedAdjustment)
class NeedAdjustmentAdmin(ReadOnlyAdmin):
    list_display = ("at", "need", "delta", "reason")
    list_select_related = ("need",)
