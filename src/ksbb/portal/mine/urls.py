"""Included by the portal's addresses, whose names these share."""

from django.urls import include, path

from ksbb.portal.views import nearest, proof, take_over
from ksbb.portal.views.mine import calendar, change, commitment, delivery, home, withdraw

commitments = [
    path("", commitment.commitment, name="my-commitment"),
    path("jadwal/", commitment.schedule, name="my-schedule"),
    path("batal/", withdraw.withdraw, name="my-withdraw"),
    path("lepas/", withdraw.release, name="my-release"),
    path("kalender.ics", calendar.of_commitment, name="my-calendar"),
    path("tambah/<int:line_id>/", change.more, name="my-more"),
    path("pindah/<int:line_id>/", change.move, name="my-move"),
]

deliveries = [
    path("", delivery.delivery, name="my-delivery"),
    path("serah-terima/", delivery.hand_over, name="my-hand-over"),
    path("hari/", delivery.move, name="my-day"),
    path("berita-acara/", delivery.note, name="my-note"),
    path("tautan/", delivery.receipt_link, name="my-link"),
    path("kalender.ics", calendar.of_delivery, name="my-day-file"),
]

urlpatterns = [
    path("saya/", home.home, name="mine"),
    path("saya/komitmen/<slug:code>/", include(commitments)),
    path("saya/penyaluran/<int:pk>/", include(deliveries)),
    path("komitmen/<str:code>/terima-kasih/", proof.proof, name="proof"),
    path("sasaran/<str:code>/terdekat/", nearest.nearest, name="nearest"),
    path("ambil-alih/", take_over.offers, name="offers"),
    path("ambil-alih/<int:key>/", take_over.offer, name="offer"),
]
