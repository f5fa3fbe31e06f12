"""Included by the portal's addresses, whose names these share."""

from django.urls import path

from ksbb.portal.views.organisations import invitation, invite, member, offers, organisation, split

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
    path("saya/organisasi/<slug:slug>/bagi/", split.split_stock, name="organisation-split"),
    path("saya/organisasi/<slug:slug>/kesediaan/", offers.offers, name="organisation-offers"),
    path(
        "saya/organisasi/<slug:slug>/kesediaan/<slug:code>/paket/",
        offers.into_package,
        name="organisation-offer-package",
    ),
    path(
        "saya/organisasi/<slug:slug>/kesediaan/<slug:code>/tarik/",
        offers.withdraw,
        name="organisation-offer-withdraw",
    ),
    path("undangan/<str:token>/", invitation.invitation, name="invitation"),
]
