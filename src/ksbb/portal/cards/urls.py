from django.urls import path

from ksbb.portal.cards import views

urlpatterns = [
    path("kartu/beranda.png", views.home, name="card"),
    path("kartu/capaian.png", views.achievement, name="card-achievement"),
    path("kartu/sasaran/<str:code>.png", views.target, name="card-target"),
    path("kartu/komitmen/<str:code>.png", views.commitment, name="card-commitment"),
]
