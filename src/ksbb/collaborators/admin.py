from django.contrib import admin

from ksbb.collaborators.models import Collaborator, Membership


class MembershipInline(admin.TabularInline[Membership, Collaborator]):
    model = Membership
    extra = 0
    raw_id_fields = ("user",)


@admin.register(Collaborator)
class CollaboratorAdmin(admin.ModelAdmin[Collaborator]):
    """Collaborators and their members; verification is a decision of the desk, not of this page."""

    list_display = ("name", "kind", "is_donor", "is_aggregator", "verification")
    list_filter = ("kind", "is_aggregator", "verification")
    search_fields = ("name", "slug")
    readonly_fields = ("verification", "created_at")
    inlines = (MembershipInline,)
