from django.contrib import admin

from ksbb.programmes.models import AidType, FourEyes, NeedRule, Phase, Programme, TargetKind


class PhaseInline(admin.TabularInline[Phase, Programme]):
    model = Phase
    extra = 0


class AidTypeInline(admin.StackedInline[AidType, Programme]):
    model = AidType
    extra = 0


class FourEyesInline(admin.TabularInline[FourEyes, Programme]):
    model = FourEyes
    extra = 0


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin[Programme]):
    """A programme with its phases and aid types; its need rules have a page of their own."""

    list_display = ("slug", "name_id", "state", "starts_on", "ends_on")
    list_filter = ("state",)
    raw_id_fields = ("root_region",)
    filter_horizontal = ("target_kinds",)
    inlines = (PhaseInline, AidTypeInline, FourEyesInline)


@admin.register(NeedRule)
class NeedRuleAdmin(admin.ModelAdmin[NeedRule]):
    list_display = ("programme", "target_kind", "aid_type", "basis", "multiplier", "divisor")
    list_filter = ("programme", "target_kind")
    list_select_related = ("programme", "target_kind", "aid_type")


@admin.register(TargetKind)
class TargetKindAdmin(admin.ModelAdmin[TargetKind]):
    list_display = ("slug", "name_id", "name_en", "is_area")
