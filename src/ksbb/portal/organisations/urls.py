"""Included by the portal's addresses, whose names these share."""

from django.urls import path

from ksbb.portal.views.organisations import invitation, invite, member, organisation

urlpatterns = [
    path("saya/organisasi/<slug:slug>/", organisation.organisation, name="organisation"),
    path("saya/organisasi/<slug:slug>/undang/", invite.invite, name="organisation-invite"),
    path(
        "saya/organisasi/<slug:slug>/undangan/<int:key>/batal/",
        invite.withdraw,
        name="organisation-withdraw",
    ),
    path(
        "saya/organisasi/<slug:slug>/anggota/<int:key>/",
        member.member,
        name="organisation-member",
    ),
    path("undangan/<str:token>/", invitation.invitation, name="invitation"),
]
