"""Programmes and what belongs to them, to look at: the desk changes them, with an audit row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from ksbb.programmes.models import AidType, FourEyes, NeedRule, Phase, Programme, TargetKind

if TYPE_CHECKING:
    from django.http import HttpRequest


class _OnlyLook:
    """Shows rows that only actions write."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class PhaseInline(_OnlyLook, admin.TabularInline[Phase, Programme]):
    model = Phase
    extra = 0


class AidTypeInline(_OnlyLook, admin.StackedInline[AidType, Programme]):
    model = AidType
    extra = 0


class FourEyesInline(_OnlyLook, admin.TabularInline[FourEyes, Programme]):
    model = FourEyes
    extra = 0


@admin.register(Programme)
class ProgrammeAdmin(_OnlyLook, admin.ModelAdmin[Programme]):
    """A programme with its phases and aid types; its need rules have a page of their own."""

    list_display = ("slug", "name_id", "state", "starts_on", "ends_on")
    list_filter = ("state",)
    inlines = (PhaseInline, AidTypeInline, FourEyesInline)


@admin.register(NeedRule)
class NeedRuleAdmin(_OnlyLook, admin.ModelAdmin[NeedRule]):
    list_display = ("programme", "target_kind", "aid_type", "basis", "multiplier", "divisor")
    list_filter = ("programme", "target_kind")
    list_select_related = ("programme", "target_kind", "aid_type")


@admin.register(TargetKind)
class TargetKindAdmin(_OnlyLook, admin.ModelAdmin[TargetKind]):
    list_display = ("slug", "name_id", "name_en", "is_area")
