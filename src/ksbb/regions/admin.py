from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from ksbb.regions.models import Region, RegionAlias

if TYPE_CHECKING:
    from django.http import HttpRequest


class RegionAliasInline(admin.TabularInline[RegionAlias, Region]):
    """Other spellings of the region that is shown."""

    model = RegionAlias
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        """Spellings come from a file, so that every installation can have them."""
        return False


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin[Region]):
    """A look-up: regions come from `ksbb import_regions`, which checks them together."""

    list_display = ("code", "name", "level", "parent", "postal_code", "is_official", "valid_to")
    list_filter = ("level", "is_official", "is_example")
    list_select_related = ("parent",)
    search_fields = ("code__startswith", "name", "aliases__name", "postal_code")
    inlines = (RegionAliasInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Regions are loaded, not typed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        """Codes and names are the ministry's."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        """Nobody deletes: a region that ceases to be is given its last day."""
        return False
