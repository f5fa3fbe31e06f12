from django.urls import URLPattern, URLResolver, include, path

from ksbb.portal.views import (
    achievement,
    answers,
    check,
    choose,
    collaborators,
    contacts,
    exports,
    follow,
    guide,
    home,
    package,
    receive,
    rows,
    target,
    targets,
)

app_name = "portal"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("sasaran/", targets.targets, name="targets"),
    path("sasaran.csv", exports.export, {"ending": "csv"}, name="targets-csv"),
    path("sasaran.xlsx", exports.export, {"ending": "xlsx"}, name="targets-xlsx"),
    path("sasaran.geojson", exports.export, {"ending": "geojson"}, name="targets-geojson"),
    path("sasaran/<str:code>/", target.target, name="target"),
    path("bantu/", choose.choose, name="give"),
    path("bantu/paket/", package.package, name="package"),
    path("bantu/pemberi/", answers.giver, name="giver"),
    path("bantu/jadwal/", answers.schedule, name="schedule"),
    path("bantu/pernyataan/", answers.statement, name="statement"),
    path("bantu/periksa/", check.check, name="check"),
    path("komitmen/", follow.follow, name="follow"),
    path("komitmen/<str:code>/", follow.commitment, name="commitment"),
    path("komitmen/<str:code>/kontak/", contacts.contacts, name="contacts"),
    path("komitmen/<str:code>/qr.svg", follow.qr, name="commitment-qr"),
    path("", include("ksbb.portal.organisations.urls")),
    path("terima/<str:token>/", receive.receive, name="receive"),
    path("capaian/", achievement.achievement, name="achievement"),
    path("capaian/baris/", rows.behind, name="rows"),
    path("capaian/baris.csv", rows.behind_csv, name="rows-csv"),
    path("capaian/siaran/", achievement.release, name="release"),
    path("kolaborator/", collaborators.directory, name="collaborators"),
    path("kolaborator/<str:slug>/", collaborators.collaborator, name="collaborator"),
    path("panduan/", guide.guide, name="guide"),
]
